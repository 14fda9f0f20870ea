using System.Globalization;
using Collector.Sites;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Collector.Operations;

/// <summary><c>collector keys</c>: the keys of a site, for whoever has the machine and no key yet. What it does stands in the site's audit trail as the operator's.</summary>
public sealed class Keys(Database database, SiteDirectory sites, TimeProvider time)
{
    /// <summary>0 when it was done, 2 when it was not.</summary>
    public async Task<int> RunAsync(string what, IConfiguration options, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (await sites.FindAsync(options["site"]!, cancellation) is not { } site)
        {
            await errors.WriteLineAsync($"There is no site {options["site"]}.");
            return 2;
        }

        var audit = Audit.OfOperator(time);
        IResult result = what switch
        {
            "make" => (await KeyRoutes.CreateAsync(
                site,
                new KeyRequest { Name = options["name"], Scopes = (options["scopes"] ?? Scopes.Read).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
                database,
                time,
                audit,
                cancellation)).Result,
            "revoke" => (await KeyRoutes.RevokeAsync(site, options["key"] ?? "", database, audit, cancellation)).Result,
            _ => (await KeyRoutes.ListAsync(site, new PagingQuery { Limit = "500" }, database, cancellation)).Result,
        };
        switch (result)
        {
            case Created<NewKeyAnswer> { Value: { } made }:
                await output.WriteLineAsync(made.Key);
                return 0;
            case Ok<KeyList> { Value: { } list }:
                foreach (var key in list.Items)
                {
                    await output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{key.Id}  {string.Join(',', key.Scopes),-30}  {key.CreatedAt:yyyy-MM-dd}  {(key.LastUsed is { } used ? $"used {used:yyyy-MM-dd}" : "never used"),-15}  {(key.Expires is { } end ? $"until {end:yyyy-MM-dd}" : "")}  {key.Name}"));
                }

                return 0;
            case ProblemHttpResult { ProblemDetails: var problem }:
                await errors.WriteLineAsync(problem.Extensions.TryGetValue("errors", out var fields) && fields is Dictionary<string, string[]> named
                    ? string.Join('\n', named.Select(field => $"--{field.Key.TrimStart('/')}: {string.Join(' ', field.Value)}"))
                    : problem.Detail);
                return 2;
            default:
                return 0;
        }
    }
}
