using Collector.Dashboard.People;
using Collector.Storage;
using Collector.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Collector.Tests.Dashboard;

/// <summary>People with an account, each with an address of their own.</summary>
internal static class SomePeople
{
    public const string Password = "purple heron by the canal";

    private static int made;

    public static async Task<Person> AddPersonAsync(this RunningCollector collector, TestSite? site = null, Role role = Role.Owner, bool isOperator = false, string language = "en")
    {
        var services = collector.Services;
        return await services.GetRequiredService<Database>().WriteAsync(
            async transaction =>
            {
                var newcomer = new Newcomer($"person-{Interlocked.Increment(ref made)}@shop.example", "Ann Example", Password, language);
                var person = (await services.GetRequiredService<Accounts>().AddAsync(transaction, newcomer, isOperator))!;
                if (site is not null)
                {
                    await services.GetRequiredService<Members>().SetAsync(transaction, person.Id, site.Id, role);
                }

                return person;
            },
            TestContext.Current.CancellationToken);
    }

    /// <summary>A browser in which they are signed in: as if some time ago, since all tests come from one address, which may not sign in too often.</summary>
    public static async Task<BrowserLike> SignInAsync(this RunningCollector collector, Person person)
    {
        var secret = await collector.Services.GetRequiredService<Sessions>().BeginAsync(person, isComplete: true, TestContext.Current.CancellationToken);
        return new BrowserLike(collector) { Session = secret.Text };
    }
}
