using Collector.Feedback;

namespace Collector.Tests.Feedback;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Mail jan@example.nl.", "Mail [email].")]
    [InlineData("Mail jan.de-vries+shop@mail.example.co.uk!", "Mail [email]!")]
    [InlineData("<jan@example.nl>,piet@example.nl", "<[email]>,[email]")]
    [InlineData("mailto:JAN_2@EXAMPLE.NL?x", "mailto:[email]?x")]
    [InlineData("'jan@example.nl'", "'[email]'")]
    [InlineData("o'brien@example.ie", "[email]")]
    [InlineData("jürgen@bücher.example", "[email]")]
    [InlineData("jan(at)example.nl", "[email]")]
    [InlineData("Jan [AT] example (dot) nl, ja", "[email], ja")]
    [InlineData("0612345678@example.nl", "[email]")]
    public void EmailAddressesAreTakenOut(string text, string expected) => Assert.Equal(expected, PersonalData.Scrub(text));

    [Theory]
    [InlineData("0612345678")]
    [InlineData("06-12345678")]
    [InlineData("06 12 34 56 78")]
    [InlineData("06-12 34 56 78")]
    [InlineData("06.12.34.56.78")]
    [InlineData("(06) 12345678")]
    [InlineData("030-1234567")]
    [InlineData("030 123 45 67")]
    [InlineData("(0348) 12 34 56")]
    [InlineData("0348-123456")]
    [InlineData("+31612345678")]
    [InlineData("+31 6 12345678")]
    [InlineData("+31 (0)6 12 34 56 78")]
    [InlineData("+31(0)30-1234567")]
    [InlineData("(+31) 6-12345678")]
    [InlineData("0031612345678")]
    [InlineData("0031 6 12345678")]
    [InlineData("02 123 45 67")]
    [InlineData("0470 12 34 56")]
    [InlineData("0470/12.34.56")]
    [InlineData("+32 470 12 34 56")]
    [InlineData("030 12345678")]
    [InlineData("0151 23456789")]
    [InlineData("089/1234567")]
    [InlineData("+49 151 23456789")]
    [InlineData("+49 (0) 30 / 123456-78")]
    [InlineData("01 42 68 53 00")]
    [InlineData("+33 1 42 68 53 00")]
    [InlineData("020 7946 0958")]
    [InlineData("(020) 7946 0958")]
    [InlineData("07911 123456")]
    [InlineData("+44 20 7946 0958")]
    [InlineData("+1 (555) 010-9999")]
    [InlineData("+1-555-010-9999")]
    [InlineData("(555) 210-9999")]
    [InlineData("555-210-9999")]
    [InlineData("1-555-210-9999")]
    [InlineData("1 (555) 210-9999")]
    [InlineData("31612345678")]
    [InlineData("31 6 12345678")]
    [InlineData("49 151 23456789")]
    public void PhoneNumbersAreTakenOut(string number) => AssertTakenOut(number, "[phone]");

    [Theory]
    [InlineData("NL91ABNA0417164300")]
    [InlineData("NL91 ABNA 0417 1643 00")]
    [InlineData("nl91abna0417164300")]
    [InlineData("BE68 5390 0754 7034")]
    [InlineData("BE68-5390-0754-7034")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606")]
    [InlineData("GB29 NWBK 6016 1331 9268 19")]
    [InlineData("NO93 8601 1117 947")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    [InlineData("NL91\u202fABNA\u202f0417\u202f1643\u202f00")]
    [InlineData("NL91  ABNA  0417  1643  00")]
    public void BankAccountsAreTakenOut(string number) => AssertTakenOut(number, "[iban]");

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("5500-0000-0000-0004")]
    [InlineData("4111.1111.1111.1111")]
    [InlineData("3782 822463 10005")]
    [InlineData("4222222222222")]
    [InlineData("6304000000000000000")]
    public void CardNumbersAreTakenOut(string number) => AssertTakenOut(number, "[card]");

    [Theory]
    [InlineData("111222333")]
    [InlineData("123456782")]
    [InlineData("123 456 782")]
    [InlineData("1234.56.782")]
    [InlineData("123-456-782")]
    [InlineData("12 34 56 782")]
    [InlineData("010464554")]
    public void CitizenServiceNumbersAreTakenOut(string number) => AssertTakenOut(number, "[bsn]");

    [Theory]
    [InlineData("Bestelling 12345 kwam op 22-11-2026 om 10:30 uur.")]
    [InlineData("€ 1.250,00 of €123456782 of $ 0612345678")]
    [InlineData("Tussen 2019 en 2026 werd het 8, 9 en 10.")]
    [InlineData("2026-11-22T09:30:00Z")]
    [InlineData("22.11.2026 10.30 22.11.2026")]
    [InlineData("01-02-2026 10:30, 01-02-2026 10 30 00")]
    [InlineData("01.02.26 10.30")]
    [InlineData("03/05/2024 09.45 en 01 02 2026 - 03 05 2026")]
    [InlineData("31 6 2026 1230")]
    [InlineData("BE 0123.456.789 en CHE-012.345.678")]
    [InlineData("SIRET 43210987600017, ISBN 9780306406157")]
    [InlineData("factuur 2026.47298")]
    [InlineData("order 123-456-7890")]
    [InlineData("ma 09.00-12.00 13.00-17.00 uur")]
    [InlineData("van 09:00 tot 17:30")]
    [InlineData("artikel AB-12345678 en AB0612345678")]
    [InlineData("0.123456789 en 3.14159265358979")]
    [InlineData("een 8/10, een 9.5 en 100%")]
    [InlineData("1. 2. 3. 4. 5. 6. 7. 8. 9. 10.")]
    [InlineData("0800-1234")]
    [InlineData("1234 AB Utrecht")]
    [InlineData("123456789")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("NL92 ABNA 4417 1643 00")]
    [InlineData("ordernummer 1234567890")]
    [InlineData("000000000 0000000000000000")]
    [InlineData("@jan zei: mail @ werk, a@b")]
    [InlineData("versie 10.0.401, 127.0.0.1")]
    public void OrdinaryTextStays(string text) => Assert.Same(text, PersonalData.Scrub(text));

    [Theory]
    [InlineData("12345 06-12345678", "12345 [phone]")]
    [InlineData("06-12345678 9", "[phone] 9")]
    [InlineData("06-12345678 22-11-2026", "[phone] 22-11-2026")]
    [InlineData("06-12345678/06-87654321", "[phone]/[phone]")]
    [InlineData("0612345678-0687654321", "[phone]-[phone]")]
    [InlineData("0612345678,0687654321", "[phone],[phone]")]
    [InlineData("12345 4111 1111 1111 1111", "12345 [card]")]
    [InlineData("4111 1111 1111 1111 12/28", "[card] 12/28")]
    [InlineData("NL91 ABNA 0417 1643 00 is van jan@example.nl, 0612345678", "[iban] is van [email], [phone]")]
    [InlineData("bsn:123456782;tel:+31612345678", "bsn:[bsn];tel:[phone]")]
    [InlineData("BSN123456782 Tel0612345678 Hotel0612345678", "BSN[bsn] Tel[phone] Hotel0612345678")]
    [InlineData("12345/0612345678", "12345/[phone]")]
    [InlineData("(06-12345678)", "([phone])")]
    [InlineData("(+31 6 12345678) (020) 7946 0958", "([phone]) [phone]")]
    [InlineData("", "")]
    public void NeighboursStayApart(string text, string expected) => Assert.Equal(expected, PersonalData.Scrub(text));

    [Fact]
    public void ScrubbedTextStaysAsItIs()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => "0123456789 -./()+@aNL€:,"[random.Next(24)])]);
            var scrubbed = PersonalData.Scrub(text);
            Assert.Equal(scrubbed, PersonalData.Scrub(scrubbed));
        }
    }

    private static void AssertTakenOut(string number, string placeholder)
    {
        Assert.Equal(placeholder, PersonalData.Scrub(number));
        Assert.Equal($"Het is {placeholder}, echt.", PersonalData.Scrub($"Het is {number}, echt."));
    }
}
