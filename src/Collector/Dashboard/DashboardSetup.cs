using Collector.Dashboard.People;
using Collector.Dashboard.Shell;
using Collector.Storage;
using Collector.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Collector.Dashboard;

/// <summary>The dashboard: pages rendered on the server, from what the API's routes answer.</summary>
public static class DashboardSetup
{
    private const int LargestForm = 1_048_576;

    /// <summary>Adds it.</summary>
    public static void AddDashboard(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000); // PBKDF2 with HMAC-SHA-512: OWASP's Password Storage Cheat Sheet.
        services.AddSingleton<Accounts>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<Links>();
        services.AddSingleton<Members>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Settings.SiteSaving>();
        services.AddHostedService<SetUpLink>();

        services.AddDataProtection().SetApplicationName("Collector");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new KeyRing(provider.GetRequiredService<Database>())));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "collector-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form-token";
            options.SuppressXFrameOptionsHeader = true; // The content policy says it.
        });

        services.AddAuthenticationCore(options => options.AddScheme<SessionAuthentication>(SessionAuthentication.SchemeName, displayName: null));
        services.Configure<AuthorizationOptions>(PagePolicies.AddTo);
    }

    /// <summary>All pages of the dashboard. Every form that changes something must be ours, and failures are told on a page.</summary>
    public static RouteGroupBuilder MapPages(this WebApplication app)
    {
        app.MapPageFiles();
        return app.MapGroup("").ExcludeFromDescription().DisableAntiforgery() // The filter below asks for the token, also where no form is bound.
            .WithMetadata(new FailurePage(FailurePages.For))
            .WithMetadata(new RequestFormLimitsAttribute { BufferBodyLengthLimit = LargestForm })
            .AddEndpointFilter(AnswerAsync)
            .AddEndpointFilterFactory(RefuseEmptyForms);
    }

    /// <summary>Tells people on a page that an address leads nowhere, and programs in problem details.</summary>
    public static void UseFailurePages(this IApplicationBuilder app) => app.UseStatusCodePages(failure =>
        failure.HttpContext is { Response.StatusCode: StatusCodes.Status404NotFound } context && context.GetEndpoint() is null && IsOfAPerson(context.Request)
            ? FailurePages.For(context, StatusCodes.Status404NotFound).ExecuteAsync(context)
            : Task.CompletedTask);

    /// <summary>Pages for who has signed in.</summary>
    public static RouteGroupBuilder MapPeople(this RouteGroupBuilder pages) => pages.MapGroup("").RequireAuthorization(PagePolicies.SignedIn);

    /// <summary>Pages of a site, for who has a scope there.</summary>
    public static RouteGroupBuilder MapSitePages(this RouteGroupBuilder people, string scope) => people.MapGroup("/sites/{site}").RequireAuthorization(PagePolicies.Of(scope));

    /// <summary>Asks for a scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, string scope)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(PagePolicies.Of(scope));

    private static bool IsOfAPerson(HttpRequest request) =>
        !request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return isRead || await IsOurFormAsync(context) ? await next(invocation) : FailurePages.For(context, StatusCodes.Status400BadRequest);
    }

    private static async Task<bool> IsOurFormAsync(HttpContext context)
    {
        try
        {
            return context.Request.HasFormContentType && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException broken)
        {
            // Where no form is bound, it is read here first.
            throw broken.InnerException as BadHttpRequestException ?? new BadHttpRequestException("The form could not be read.", StatusCodes.Status400BadRequest, broken);
        }
    }

    // Where nothing is sent of all that a form may hold, there is no form, and not one with nothing in it.
    private static EndpointFilterDelegate RefuseEmptyForms(EndpointFilterFactoryContext route, EndpointFilterDelegate next)
    {
        int[] forms = [.. route.MethodInfo.GetParameters().Where(parameter => parameter.IsDefined(typeof(FromFormAttribute), inherit: false) && parameter.ParameterType != typeof(string)).Select(parameter => parameter.Position)];
        return forms.Length == 0 ? next : invocation => Array.Exists(forms, form => invocation.Arguments[form] is null)
            ? ValueTask.FromResult<object?>(FailurePages.For(invocation.HttpContext, StatusCodes.Status400BadRequest))
            : next(invocation);
    }
}
