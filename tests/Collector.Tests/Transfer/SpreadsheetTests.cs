using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Collector.Tests.Operations;
using Collector.Tests.Support;

namespace Collector.Tests.Transfer;

/// <summary>What is taken out as CSV is opened by LibreOffice: nothing that a visitor wrote is computed there, and all of it can be read.</summary>
[Trait("Database", "Own")]
public sealed class SpreadsheetTests(RunningCollector collector) : IDisposable
{
    private static readonly string[] Written =
    [
        "=1+1", "=1+1;2", "= 1+1", "==1", "+1+1", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "@SUM(1+1)*cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://evil.example/\",\"here\")",
        "=WEBSERVICE(\"https://evil.example/\")", "=IMPORTXML(\"https://evil.example/\",\"//a\")", "=DDE(\"soffice\";\"/etc/passwd\";\"A1\")", "=INDIRECT(\"A1\")", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1",
        "＝1+1", "＋1+1", "－1+1", "＠SUM(1+1)", "'=1+1", "\"=1+1\"", "\",=1+1,\"", "\";=1+1;\"", "\"\t=1+1", "x\n=1+1", "x\r\n=1+1", "x,=1+1", "x;=1+1", "{=1+1}", "%=1+1", "|=1+1", "\u202e=1+1",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("comma", ',')]
    [InlineData("semicolon", ';')]
    public async Task NothingThatAVisitorWroteIsComputed(string name, char separator)
    {
        var site = await collector.NewSiteAsync();
        foreach (var text in Written)
        {
            await site.StoreAsync(site.Response(effort: 2).Answering("reason", text: text).On($"https://shop.example/{text}").With("tags", new JsonObject { ["campaign"] = text }));
        }

        var exported = await ReadAsync($"/v1/sites/{site.Id}/export?format=csv&separator={name}");
        var responses = await OpenAsync(exported, separator);
        var touchpoints = await OpenAsync(await ReadAsync($"/v1/sites/{site.Id}/figures.csv?figure=touchpoints"), ',');

        Assert.Empty(FormulasIn(responses));
        Assert.Empty(FormulasIn(touchpoints));
        Assert.Empty(FormulasIn(await OpenAsync(exported, separator == ',' ? ';' : ','))); // As where somebody's spreadsheet expects the other one.
        var said = CellsOf(responses, "answer.reason").Select(WithoutApostrophes).ToHashSet(StringComparer.Ordinal);
        Assert.All(Written.Where(text => !text.Any(char.IsControl)), text => Assert.Contains(WithoutApostrophes(text), said));
        Assert.True(CellsOf(touchpoints, "touchpoint").Count > 10);
    }

    [Fact]
    public async Task AFormulaWouldBeComputed() => Assert.NotEmpty(FormulasIn(await OpenAsync("a,b\r\n=1+1,2\r\n", ',')));

    public void Dispose() => folder.Delete(recursive: true);

    private static string WithoutApostrophes(string text) => text.Replace("'", "", StringComparison.Ordinal);

    private static IEnumerable<string> FormulasIn(XDocument sheet) => sheet.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "formula" or "href").Select(attribute => attribute.Value);

    // The texts of a column, by what stands at its top.
    private static List<string> CellsOf(XDocument sheet, string column)
    {
        var rows = sheet.Descendants().Where(element => element.Name.LocalName == "table-row").Select(TextsOf).ToList();
        var place = rows[0].IndexOf(column);
        Assert.True(place >= 0, string.Join(' ', rows[0]));
        return [.. rows.Skip(1).Where(row => row.Count > place).Select(row => row[place])];
    }

    private static List<string> TextsOf(XElement row) => [.. row.Elements().SelectMany(cell =>
    {
        var repeated = cell.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "number-columns-repeated")?.Value;
        var text = string.Join('\n', cell.Elements().Where(element => element.Name.LocalName == "p").Select(TextOf));
        return Enumerable.Repeat(text, Math.Min(repeated is null ? 1 : int.Parse(repeated, CultureInfo.InvariantCulture), 100));
    })];

    // Several spaces in a row are an element.
    private static string TextOf(XElement paragraph) => string.Concat(paragraph.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "s" } spaces => new string(' ', (int?)spaces.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "c") ?? 1),
        _ => "",
    }));

    private async Task<string> ReadAsync(string path)
    {
        using var response = await collector.Operator.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    // In UTF-8, with this between cells and quotes around them; all else as it is when somebody opens the file.
    private async Task<XDocument> OpenAsync(string csv, char separator)
    {
        var file = Path.Combine(folder.FullName, $"{Guid.NewGuid():n}.csv");
        await File.WriteAllTextAsync(file, csv, Cancellation);
        var (exitCode, output) = await Sample.RunAsync(
            folder.FullName, "soffice", "--headless", $"-env:UserInstallation=file://{folder.FullName}/profile", string.Create(CultureInfo.InvariantCulture, $"--infilter=CSV:{(int)separator},34,76,1"), "--convert-to", "fods", file);
        Assert.True(exitCode == 0 && File.Exists(Path.ChangeExtension(file, "fods")), output);
        return XDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, "fods"), Cancellation));
    }
}
