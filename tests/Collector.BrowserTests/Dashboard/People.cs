using Collector.Dashboard.People;
using Collector.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.BrowserTests.Dashboard;

/// <summary>Somebody of every role, by the name that their address begins with: <c>operator@shop.example</c> …; and <c>dutch@</c>, an operator who reads Dutch.</summary>
internal static class People
{
    public static async Task AddAsync(FilledCollector collector)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (accounts, members) = (collector.Services.GetRequiredService<Accounts>(), collector.Services.GetRequiredService<Members>());
        await collector.Services.GetRequiredService<Database>().WriteAsync(
            async transaction =>
            {
                await AddAsync("operator", "Olga Operator", null);
                await AddAsync("dutch", "Daan de Vries", null, "nl");
                await AddAsync("owner", "Otto Owner", Role.Owner);
                await AddAsync("analyst", "Ann Analyst", Role.Analyst);
                await AddAsync("viewer", "Vera Viewer", Role.Viewer);
                return true;

                async Task AddAsync(string name, string fullName, Role? role, string language = "en")
                {
                    var person = await accounts.AddAsync(transaction, new Newcomer($"{name}@shop.example", fullName, FilledCollector.Password, language), isOperator: role is null);
                    if (role is { } known)
                    {
                        await members.SetAsync(transaction, person!.Id, collector.Shop.Id, known);
                    }
                }
            },
            cancellation);
    }
}
