using System.Globalization;
using System.Text;
using Collector.Dashboard.Shell;
using Collector.Feedback;

namespace Collector.Dashboard.People;

/// <summary>Which passwords are taken: long ones that nobody else uses. What they are made of is everybody's own business.</summary>
internal static class Passwords
{
    private const int Shortest = 10, Longest = 200;

    private static readonly Lazy<HashSet<string>> Breached = new(Read);

    /// <summary>As it is hashed and compared, however a keyboard writes its letters.</summary>
    public static string Normal(string password) => password.Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormKC); // U+FFFE is no character, and Normalize refuses it.

    /// <summary>Says what is wrong with a new password, if anything.</summary>
    public static void Check(string? password, string field, IEnumerable<string> personal, FieldErrors errors)
    {
        if (password is null || password.Length is < Shortest or > Longest)
        {
            errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"{Shortest} to {Longest} characters."));
            return;
        }

        if (Breached.Value.Contains(password) || password.Distinct().Count() < 4)
        {
            errors.Add(field, Words.Text("Many people use this password, and so do those who guess. Choose another one."));
        }

        if (personal.Any(word => word.Length > 3 && password.Contains(word, StringComparison.OrdinalIgnoreCase) && password.Length < word.Length + 6))
        {
            errors.Add(field, Words.Text("This is your name or your address, and little else. Choose another one."));
        }
    }

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("breached-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
