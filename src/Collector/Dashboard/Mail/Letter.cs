using System.Text;

namespace Collector.Dashboard.Mail;

/// <summary>What a mail says, in the reader's language, whether it is shown as a page or as plain text.</summary>
public sealed record Letter
{
    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>What comes first, in a sentence.</summary>
    public required string Lead { get; init; }

    /// <summary>Its parts.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>Where to read on.</summary>
    public required Uri Link { get; init; }

    /// <summary>What that is called.</summary>
    public required string LinkText { get; init; }

    /// <summary>Why it came.</summary>
    public required string Why { get; init; }

    /// <summary>Where to end that.</summary>
    public required Uri Stop { get; init; }

    /// <summary>What that is called.</summary>
    public required string StopText { get; init; }

    /// <summary>A heading, and lines under it.</summary>
    /// <param name="Title">The heading.</param>
    /// <param name="Lines">What it is about, and what is said of it.</param>
    public sealed record Part(string Title, IReadOnlyList<(string Name, string Value)> Lines);

    /// <summary>As plain text.</summary>
    public string ToText()
    {
        var text = new StringBuilder().Append(Lead).Append("\n\n");
        foreach (var part in Parts)
        {
            text.Append(part.Title).Append('\n');
            foreach (var (name, value) in part.Lines)
            {
                text.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
            }

            text.Append('\n');
        }

        return text.Append(LinkText).Append(": ").Append(Link).Append("\n\n-- \n").Append(Why).Append('\n').Append(StopText).Append(": ").Append(Stop).Append('\n').ToString();
    }
}
