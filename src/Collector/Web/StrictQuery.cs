using System.Reflection;
using Collector.Feedback;
using Microsoft.AspNetCore.Mvc;

namespace Collector.Web;

/// <summary>Refuses query parameters that a route does not know, or that stand there twice: a misspelt filter must not give an unfiltered figure.</summary>
public static class StrictQuery
{
    /// <summary>Holds every route of the group to the query parameters that its handler declares.</summary>
    public static RouteGroupBuilder WithStrictQuery(this RouteGroupBuilder group) => group.AddEndpointFilterFactory((route, next) =>
    {
        var known = Declared(route.MethodInfo).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // "tag.<name>" stands for every name that begins with "tag.".
        var families = known.Where(name => name.EndsWith('>')).Select(name => name[..name.IndexOf('<', StringComparison.Ordinal)]).ToList();
        return context =>
        {
            var errors = new FieldErrors();
            foreach (var (name, values) in context.HttpContext.Request.Query)
            {
                if (!known.Contains(name) && !families.Any(family => name.Length > family.Length && name.StartsWith(family, StringComparison.Ordinal)))
                {
                    errors.AddMalformed(name, known.Count == 0
                        ? "Unknown parameter; there are none here."
                        : $"Unknown parameter. Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
                }
                else if (values.Count > 1)
                {
                    errors.AddMalformed(name, "Given more than once.");
                }
            }

            return errors.Any ? ValueTask.FromResult<object?>(Problems.Invalid(errors)) : next(context);
        };
    });

    private static IEnumerable<string> Declared(MethodInfo handler) => handler.GetParameters().SelectMany(parameter =>
        parameter.GetCustomAttribute<AsParametersAttribute>() is not null
            ? parameter.ParameterType.GetProperties().Select(property => property.GetCustomAttribute<FromQueryAttribute>()?.Name)
            : [parameter.GetCustomAttribute<FromQueryAttribute>()?.Name]).OfType<string>();
}
