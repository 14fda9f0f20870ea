using System.Net;
using Collector.Operations;
using Collector.Storage;
using Collector.Tests.Operations.Moving;
using Collector.Tests.Support;
using Dapper;

namespace Collector.Tests.Operations;

public sealed class MoveTests(StoredAnswers stored) : IClassFixture<StoredAnswers>
{
    // Enough for several transactions, and not a whole number of them.
    private const int Many = 7_001;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MovedThereAndBackAllRowsAreTheSame()
    {
        var (source, postgres, other, file) = (stored.Copy(), stored.Postgres.NewDatabase(), stored.Postgres.NewDatabase(), stored.NewFile());
        var rows = await StoredAnswers.AllRowsAsync(source);

        Assert.Equal((0, ""), Failure(await MoveAsync(source, postgres)));
        Assert.Equal((0, ""), Failure(await MoveAsync(postgres, other)));
        var (exitCode, output) = await MoveAsync(other, file);

        Assert.Equal(rows, await StoredAnswers.AllRowsAsync(postgres));
        Assert.Equal(rows, await StoredAnswers.AllRowsAsync(file));
        Assert.Equal(0, exitCode);
        Assert.All(rows.Select(row => row.Split(':')[0]).Distinct(), table => Assert.Matches($@"\n{table} +\d+ [0-9a-f]{{64}} same\n", $"\n{output}"));
        Assert.Contains(rows, row => row.Contains("weight=0.333333333333333", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("context=<>", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("context=null", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains($"context=<{StoredAnswers.Odd}>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFileIsMovedToAFile()
    {
        var (source, target) = (stored.Copy(), stored.NewFile());

        Assert.Equal((0, ""), Failure(await MoveAsync(source, target)));
        Assert.Equal(await StoredAnswers.AllRowsAsync(source), await StoredAnswers.AllRowsAsync(target));
    }

    [Fact]
    public async Task FiguresReceiptsAndCellsAreTheSameAfterwards()
    {
        var postgres = stored.Postgres.NewDatabase();
        Assert.Equal((0, ""), Failure(await MoveAsync(stored.Copy(), postgres)));

        await using (var collector = await CollectorProcess.StartAsync(postgres, Cancellation))
        {
            await using var before = await CollectorProcess.StartAsync(stored.Copy(), Cancellation);
            Assert.Equal(await stored.AskAsync(before), await stored.AskAsync(collector));
            Assert.Equal(stored.Said.Split('\n')[0], (await stored.AskAsync(collector)).Split('\n')[0]);
        }

        var (exitCode, output) = await CollectorProcess.RunAsync(postgres, Cancellation, "check");
        Assert.Equal((0, "30 responses, "), (exitCode, output.TrimEnd().Split('\n')[^1][..14]));
    }

    [Fact]
    public async Task AMoveThatIsKilledGoesOnWhereItWas()
    {
        var (source, target) = (await WithManyResponsesAsync(), stored.Postgres.NewDatabase());
        await using (var database = new Database(target))
        {
            await new Migrations(database, TimeProvider.System).ApplyAsync(Cancellation);
        }

        await ExecuteAsync(
            target,
            $"""
            create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end';
            create trigger wait before insert on responses for each row when (new.id = 'made-5000') execute function wait()
            """);
        await CollectorProcess.KillWhenAsync(async () => await CountAsync(target) > 0, source, Cancellation, "move", "--to", target);
        await ExecuteAsync(target, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid(); drop function wait cascade");
        var there = await CountAsync(target);
        Assert.InRange(there, 1, Many - 1);
        var (exitCode, output) = await CollectorProcess.RunAsync(source, Cancellation, "move", "--to", target);

        Assert.Equal(0, exitCode);
        Assert.Contains($"responses: {Many} of {Many} rows", output, StringComparison.Ordinal); // How far it is.
        Assert.Equal(await StoredAnswers.AllRowsAsync(source), await StoredAnswers.AllRowsAsync(target));
    }

    [Fact]
    public async Task WhatIsChangedInTheTargetAfterwardsIsFoundAndStays()
    {
        var (source, target) = (stored.Copy(), stored.Postgres.NewDatabase());
        Assert.Equal((0, ""), Failure(await MoveAsync(source, target)));
        await ExecuteAsync(target, "update responses set effort = 1 where effort = 7; delete from touchpoints where number = 4; delete from totals");
        var before = await StoredAnswers.AllRowsAsync(target);

        var (exitCode, output) = await MoveAsync(source, target);

        Assert.Equal(1, exitCode);
        Assert.Matches(@"responses +30 \w{64} DIFFERENT 30 \w{64}", output);
        Assert.Contains("not the beginning of the source", output, StringComparison.Ordinal);
        Assert.Equal(before, await StoredAnswers.AllRowsAsync(target));
    }

    [Fact]
    public async Task WhatBecomesDifferentOnItsWayIsFound()
    {
        var (source, target) = (stored.Copy(), stored.NewFile());
        await using (var database = new Database(target))
        {
            await new Migrations(database, TimeProvider.System).ApplyAsync(Cancellation);
        }

        await ExecuteAsync(target, "create trigger meddling after insert on cells begin update cells set shown = shown + 1 where site = new.site; end");

        var (exitCode, output) = await MoveAsync(source, target);

        Assert.Equal(1, exitCode);
        Assert.Matches(@"cells +\d+ \w{64} DIFFERENT", output);
        Assert.Matches(@"responses +\d+ \w{64} same", output);
    }

    [Fact]
    public async Task ATargetWithAnotherCollectorsDataIsRefusedAndLeftAlone()
    {
        var target = stored.Postgres.NewDatabase();
        await using (var collector = await CollectorProcess.StartAsync(target, Cancellation))
        {
            await collector.NewSiteAsync(Cancellation);
        }

        var before = await StoredAnswers.AllRowsAsync(target);
        var (exitCode, output) = await MoveAsync(stored.Copy(), target);

        Assert.Equal(2, exitCode);
        Assert.Contains("The target holds sites that the source has not", output, StringComparison.Ordinal);
        Assert.Equal(before, await StoredAnswers.AllRowsAsync(target));
    }

    [Fact]
    public async Task ASourceThatACollectorWorksOnIsRefused()
    {
        var source = stored.Copy();
        await using var collector = await CollectorProcess.StartAsync(source, Cancellation);

        var (exitCode, output) = await MoveAsync(source, stored.NewFile());

        Assert.Equal(2, exitCode);
        Assert.Contains("is in use. Stop all collectors", output, StringComparison.Ordinal);
        Assert.Equal(stored.Said.Split('\n')[0], (await stored.AskAsync(collector)).Split('\n')[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatStandsStillTakesNoResponses(bool isPostgres)
    {
        var database = isPostgres ? stored.Postgres.NewDatabase() : stored.Copy();
        if (isPostgres)
        {
            Assert.Equal((0, ""), Failure(await MoveAsync(stored.Copy(), database)));
            await using var collector = await CollectorProcess.StartAsync(database, Cancellation);
            await HoldAsync(async () =>
            {
                using var client = collector.Operator();
                using var content = new StringContent(stored.Sent.Next().With("id", Guid.CreateVersion7().ToString()).Json.ToJsonString());
                using var reply = await client.PostAsync("/v1/responses", content, Cancellation);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
                Assert.Contains("OK", await stored.AskAsync(collector), StringComparison.Ordinal); // Figures are still read.
            });
            return;
        }

        await HoldAsync(() => Assert.ThrowsAsync<InvalidOperationException>(() => CollectorProcess.StartAsync(database, Cancellation)));

        async Task HoldAsync(Func<Task> work)
        {
            await using var held = new Database(database);
            await held.HoldStillAsync(
                async _ =>
                {
                    await work();
                    return 0;
                },
                Cancellation);
        }
    }

    [Fact]
    public async Task ASourceOfAnotherVersionIsRefused()
    {
        var (source, target) = (stored.Copy(), stored.Postgres.NewDatabase());
        await ExecuteAsync(source, "insert into migrations (number, name, applied_at) values (999, '999-later.sql', 0)");

        var (exitCode, output) = await MoveAsync(source, target);

        Assert.Equal(2, exitCode);
        Assert.Contains("The source has migration 999", output, StringComparison.Ordinal);
        Assert.Empty(await StoredAnswers.AllRowsAsync(target));
    }

    [Fact]
    public async Task ATableThatIsNotInBothIsRefused()
    {
        var source = stored.Copy();
        await ExecuteAsync(source, "create table notes (id text not null primary key)");

        var (exitCode, output) = await MoveAsync(source, stored.NewFile());

        Assert.Equal(2, exitCode);
        Assert.Contains("The table notes is", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASourceThatIsNotThereIsNotMade()
    {
        var source = stored.NewFile();

        Assert.Equal(2, (await MoveAsync(source, stored.NewFile())).ExitCode);
        Assert.False(File.Exists(source["Data Source=".Length..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=/there/is/no/such/folder.db")]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody")]
    [InlineData("Nonsense=1")]
    public async Task ATargetThatCannotBeWrittenIsRefused(string target)
    {
        var (exitCode, output) = await MoveAsync(stored.Copy(), target);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("Not moved. ", output, StringComparison.Ordinal);
    }

    private async Task<string> WithManyResponsesAsync()
    {
        var source = stored.Copy();
        await using var connection = await StoredAnswers.OpenAsync(source);
        var columns = (await connection.QueryAsync<string>("select name from pragma_table_info('responses') where name <> 'id'")).AsList();
        await connection.ExecuteAsync(
            $"""
            with recursive numbers as (select 1 as number union all select number + 1 from numbers where number < {Many - 30})
            insert into responses (id, {string.Join(", ", columns)})
            select 'made-' || number, {string.Join(", ", columns)} from (select * from responses limit 1) cross join numbers
            """);
        return source;
    }

    private static async Task<(int ExitCode, string Output)> MoveAsync(string from, string to)
    {
        await using var source = new Database(from);
        using var output = new StringWriter();
        var exitCode = await new Move(source, TimeProvider.System).RunAsync(to, output, output, Cancellation);
        return (exitCode, output.ToString());
    }

    // What went wrong, if something did.
    private static (int ExitCode, string Output) Failure((int ExitCode, string Output) moved) => moved.ExitCode == 0 ? (0, "") : moved;

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await StoredAnswers.OpenAsync(database);
        await connection.ExecuteAsync(sql);
    }

    private static async Task<long> CountAsync(string database)
    {
        await using var connection = await StoredAnswers.OpenAsync(database);
        return await connection.ExecuteScalarAsync<long>("select count(*) from responses");
    }
}
