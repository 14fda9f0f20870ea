namespace Collector.Dashboard.Shell;

/// <summary>Tells of failures on a page.</summary>
internal static class FailurePages
{
    /// <summary>The page for a status.</summary>
    public static IResult For(HttpContext context, int status)
    {
        var page = PageContext.Of(context);
        var (title, text) = status switch
        {
            StatusCodes.Status403Forbidden => (Words.Text("Not for your role"), Words.Text("Your role on this site does not include this. An owner of the site can change that.")),
            StatusCodes.Status404NotFound => (Words.Text("Nothing here"), Words.Text("There is no such page, or it belongs to a site that you are no member of.")),
            StatusCodes.Status400BadRequest => (Words.Text("That did not work"), Words.Text("The form or the address was incomplete, or the form was open for too long. Go back, load the page again, and retry.")),
            StatusCodes.Status413PayloadTooLarge => (Words.Text("Too much at once"), Words.Text("What was sent is larger than this page takes.")),
            StatusCodes.Status429TooManyRequests => (Words.Text("Too many attempts"), Words.Text("Wait a minute, then try again.")),
            StatusCodes.Status503ServiceUnavailable => (Words.Text("Not now"), Words.Text("The storage cannot take this now. Try again in a moment.")),
            _ => (Words.Text("Something went wrong"), Words.Text("It is in the log of the collector. Trying again may help.")),
        };
        return HtmlPage.Of<FailureView, FailureModel>(page, page.Words.Say(title), new FailureModel(status, page.Words.Say(title), page.Words.Say(text)), status);
    }
}

/// <summary>A failure, in the reader's words.</summary>
/// <param name="Status">The status.</param>
/// <param name="Title">What it is.</param>
/// <param name="Text">What to do.</param>
public sealed record FailureModel(int Status, string Title, string Text);
