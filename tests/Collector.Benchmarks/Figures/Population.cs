using System.Globalization;
using Collector.Feedback;
using Collector.Ingest;

namespace Collector.Benchmarks.Figures;

/// <summary>
/// Made-up responses to the default survey, spread evenly over two years, on 5,000 pages by Zipf's law. A visit gives one or more, and one intent at most, which counts for
/// all of them. Scores are skewed as real ones are, on some pages less than on others.
/// </summary>
internal sealed class Population(string site, int responses, DateOnly lastDay)
{
    public const int Pages = 5_000, Days = 730, BusiestPages = 20;

    private static readonly int[] Easy = [7, 7, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 5, 5, 4, 3, 2, 1], Hard = [7, 7, 7, 6, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1];
    private static readonly int[] Likely = [10, 10, 10, 9, 9, 9, 8, 8, 8, 7, 7, 6, 5, 5, 3, 0];
    private static readonly string[] Intents = List("inform 6 compare 3 buy 3 manage 3 help 2 contact 1 complain 1 job 1 other 1");
    private static readonly string[] Successes = List("yes 6 partly 2 no 1 busy 1");
    private static readonly string[] States = List("complete 5 partial 3 dismissed 2");
    private static readonly string[] Devices = List("mobile 6 desktop 3 tablet 1");
    private static readonly string[] Languages = List("nl 7 en 2 de 1");
    private static readonly string[] Words =
    [
        "Kon de prijs niet vinden", "The form kept losing what I had filled in", "Moest drie keer opnieuw inloggen, daarna ging het", "Zoeken gaf niets bruikbaars",
        "Could not find the delivery times", "Niet duidelijk welk formulier ik nodig had",
    ];

    /// <summary>A word that one comment in so many holds, and one that about one in six holds.</summary>
    public const string RareWord = "toegangscode", CommonWord = "form";

    private const int RarelyOneIn = 20_000;

    private static readonly double[] UpTo = ZipfsLaw();

    private readonly Random random = new(17);

    /// <summary>The page of a rank, 1 being the busiest. The busiest are below one path, so that one pattern makes a group of them.</summary>
    public static string PageOf(int rank) => string.Create(
        CultureInfo.InvariantCulture, $"shop.example/{(rank <= BusiestPages ? "start" : ((string[])["products", "service", "contact", "news"])[rank % 4])}/article-{rank}");

    /// <summary>The responses of each day in turn, in the order of their times, which is that of their ids.</summary>
    public IEnumerable<IReadOnlyList<Row>> ByDay()
    {
        for (var day = 0; day < Days; day++)
        {
            var count = (int)((long)responses * (day + 1) / Days) - (int)((long)responses * day / Days);
            yield return [.. OfDay(lastDay.AddDays(day + 1 - Days), count)];
        }
    }

    private IEnumerable<Row> OfDay(DateOnly day, int count)
    {
        var noon = new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (var made = 0; made < count;)
        {
            var visit = new Visit(
                Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(noon)).ToString(), random.Next(3) == 0 ? "" : One(Intents), One(Devices), One(Languages), random.Next(10) == 0, random.Next(100) == 0);
            var pages = Math.Min(count - made, random.Next(6) == 0 ? 3 : random.Next(3) == 0 ? 2 : 1);
            for (var page = 0; page < pages; page++, made++)
            {
                yield return Answer(visit, DayNumber.Of(day), noon + (made * 7_200_000L / count), page + 1);
            }
        }
    }

    private Row Answer(Visit visit, int day, long at, int pagesInVisit)
    {
        var (state, rank) = (One(States), AnyRank());
        int? effort = state == "dismissed" ? null : One(random.Next(10) < rank % 7 ? Hard : Easy), nps = state == "complete" && random.Next(8) == 0 ? One(Likely) : null;
        var (own, success) = (pagesInVisit == 1 && state != "dismissed" ? visit.Intent : "", state == "complete" ? One(Successes) : "");
        List<string> answers = [];
        Add(effort is not null, $$"""{"question":"effort","score":{{effort}}}""");
        Add(own.Length > 0, $$"""{"question":"intent","choice":"{{own}}"}""");
        Add(success.Length > 0, $$"""{"question":"success","choice":"{{success}}"}""");
        Add(success.Length > 0 && (effort < 4 || success != "yes") && random.Next(2) == 0, $$"""{"question":"reason","text":"{{One(Words)}}{{(random.Next(RarelyOneIn) == 0 ? $" ({RareWord})" : "")}}"}""");
        Add(nps is not null, $$"""{"question":"nps","score":{{nps}}}""");
        return new Row
        {
            Counted = new Counted
            {
                Site = site,
                Id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(at)).ToString(),
                State = state,
                Visit = visit.IsBot ? null : visit.Id,
                Touchpoint = rank,
                Day = day,
                Survey = "effort-and-intention",
                Scale = effort is null ? "" : "1-7",
                Effort = effort,
                Nps = nps,
                Csat = null,
                OwnIntent = own,
                Intent = own,
                Success = success,
                Device = visit.Device,
                Language = visit.Language,
                IsAnswered = answers.Count > 0,
                AnsweredAt = at,
                Suspect = visit.IsBot ? "bot" : "",
            },
            Revision = 1,
            SurveyVersion = 1,
            Page = PageOf(rank),
            Answers = $"[{string.Join(',', answers)}]",
            Context = string.Create(CultureInfo.InvariantCulture, $$"""{"referrer":"https://search.example/","pagesInVisit":{{pagesInVisit}},"secondsInVisit":{{random.Next(5, 600)}}}"""),
            Tags = visit.IsBusiness ? """{"segment":"business"}""" : null,
            ReceivedAt = at + 80,
            ShownAt = at - 9_000,
            ShownReceivedAt = at - 8_900,
            PlacedBy = 0,
        };

        void Add(bool isGiven, string answer)
        {
            if (isGiven)
            {
                answers.Add(answer);
            }
        }
    }

    private T One<T>(T[] values) => values[random.Next(values.Length)];

    private int AnyRank() => Array.BinarySearch(UpTo, random.NextDouble() * UpTo[^1]) is var place && place < 0 ? ~place + 1 : place + 1;

    private static double[] ZipfsLaw()
    {
        var upTo = new double[Pages];
        for (var rank = 1; rank <= Pages; rank++)
        {
            upTo[rank - 1] = (rank == 1 ? 0 : upTo[rank - 2]) + (1.0 / rank);
        }

        return upTo;
    }

    // Each word as often as the number after it says.
    private static string[] List(string text) =>
        [.. text.Split(' ').Chunk(2).SelectMany(word => Enumerable.Repeat(word[0], int.Parse(word[1], CultureInfo.InvariantCulture)))];

    /// <summary>What the responses of a visit have in common.</summary>
    private sealed record Visit(string Id, string Intent, string Device, string Language, bool IsBusiness, bool IsBot);
}
