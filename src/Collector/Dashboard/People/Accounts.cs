using System.Data.Common;
using Collector.Storage;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Collector.Dashboard.People;

/// <summary>The people who have an account.</summary>
internal sealed partial class Accounts(Database database, IPasswordHasher<Person> hasher, TimeProvider time, ILogger<Accounts> logger)
{
    /// <summary>What is read of a person.</summary>
    public const string Columns = "id, email, name, language, is_operator as IsOperator, password, totp_key as TotpKey, recovery, created_at as CreatedAt";

    // Hashed when nobody has the address, so that it takes as long as if somebody had.
    private static readonly Person Nobody = new() { Id = "", Email = "", Name = "", Language = "en", IsOperator = false, Password = "", TotpKey = null, Recovery = "", CreatedAt = 0 };

    private readonly Lazy<string> nobodysHash = new(() => hasher.HashPassword(Nobody, Secret.New().Text));

    /// <summary>Whether anybody has an account.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var connection = await database.LookUpAsync(cancellation);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition("select exists (select 1 from people)", cancellationToken: cancellation));
    }

    /// <summary>The same, as part of something else.</summary>
    public static Task<bool> AnyAsync(DbTransaction transaction) =>
        transaction.Connection!.QuerySingleAsync<bool>("select exists (select 1 from people)", transaction: transaction);

    /// <summary>Whoever has this address.</summary>
    public async Task<Person?> FindAsync(string email, CancellationToken cancellation)
    {
        await using var connection = await database.LookUpAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Person>(new CommandDefinition(
            $"select {Columns} from people where email = @email", new { email }, cancellationToken: cancellation));
    }

    /// <summary>Whoever has this address and this password. Whether it is the one or the other that is wrong cannot be told, from the time neither.</summary>
    public async Task<Person?> FindAsync(string email, string password, CancellationToken cancellation)
    {
        var person = await FindAsync(email, cancellation);
        var matches = Matches(person, password);
        return matches ? person : null;
    }

    /// <summary>Whether this is the person's password.</summary>
    public bool Matches(Person? person, string password)
    {
        var matches = hasher.VerifyHashedPassword(person ?? Nobody, person?.Password ?? nobodysHash.Value, Passwords.Normal(password)) != PasswordVerificationResult.Failed && person is not null;
        if (!matches)
        {
            TellWrongPassword(person?.Id ?? "nobody");
        }

        return matches;
    }

    /// <summary>Makes an account; null when somebody has this address already.</summary>
    public async Task<Person?> AddAsync(DbTransaction transaction, Newcomer newcomer, bool isOperator)
    {
        var now = time.GetUtcNow();
        var person = new Person
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            Email = newcomer.Email,
            Name = newcomer.Name,
            Language = newcomer.Language,
            IsOperator = isOperator,
            Password = hasher.HashPassword(Nobody, Passwords.Normal(newcomer.Password)),
            TotpKey = null,
            Recovery = "",
            CreatedAt = now.ToUnixTimeMilliseconds(),
        };
        var added = await transaction.Connection!.ExecuteAsync(
            """
            insert into people (id, email, name, password, language, is_operator, created_at)
            values (@Id, @Email, @Name, @Password, @Language, @Operator, @CreatedAt)
            on conflict (email) do nothing
            """,
            new { person.Id, person.Email, person.Name, person.Password, person.Language, Operator = isOperator ? 1 : 0, person.CreatedAt },
            transaction);
        return added == 1 ? person : null;
    }

    /// <summary>Gives a person another password. Their sessions end with the old one, and so does a link that would replace it.</summary>
    public Task ChangePasswordAsync(string person, string password, CancellationToken cancellation) => database.WriteAsync(
        transaction => ChangePasswordAsync(transaction, person, password), cancellation);

    /// <summary>The same, as part of something else.</summary>
    public async Task<int> ChangePasswordAsync(DbTransaction transaction, string person, string password)
    {
        await transaction.Connection!.ExecuteAsync(
            "update people set password = @Hash where id = @person", new { person, Hash = hasher.HashPassword(Nobody, Passwords.Normal(password)) }, transaction);
        await transaction.Connection!.ExecuteAsync(
            "delete from links where purpose = @Purpose and email = (select email from people where id = @person)", new { person, Purpose = Links.NameOf(LinkPurpose.Password) }, transaction);
        TellPasswordChanged(person);
        return await transaction.Connection!.ExecuteAsync("delete from sessions where person = @person", new { person }, transaction);
    }

    /// <summary>Changes what others call a person, and the language of their pages.</summary>
    public Task ChangeAsync(string person, string name, string language, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("update people set name = @name, language = @language where id = @person", new { person, name, language }, transaction),
        cancellation);

    /// <summary>Takes a second factor into use. The code that proved it is used up.</summary>
    public async Task AddSecondFactorAsync(string person, string key, long step, IEnumerable<string> recoveryCodes, CancellationToken cancellation)
    {
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "update people set totp_key = @key, totp_step = @step, recovery = @Recovery where id = @person", new { person, key, step, Recovery = RecoveryCodes.Stored(recoveryCodes) }, transaction),
            cancellation);
        TellSecondFactorChanged(person, "on");
    }

    /// <summary>Takes it out of use, and the codes that stand in for it.</summary>
    public async Task RemoveSecondFactorAsync(string person, CancellationToken cancellation)
    {
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("update people set totp_key = null, totp_step = 0, recovery = '' where id = @person", new { person }, transaction), cancellation);
        TellSecondFactorChanged(person, "off");
    }

    /// <summary>Takes a code of the second factor, or one that stands in for it. False when it is wrong, or was taken before: of two at the same instant, one is refused.</summary>
    public async Task<bool> TakeCodeAsync(Person person, string? code, CancellationToken cancellation)
    {
        if (Totp.StepOf(code, person.TotpKey!, time.GetUtcNow()) is { } step)
        {
            return await TakeAsync("update people set totp_step = @step where id = @Id and totp_step < @step", new { person.Id, step });
        }

        if (RecoveryCodes.Without(code, person.Recovery) is { } rest)
        {
            return await TakeAsync("update people set recovery = @rest where id = @Id and recovery = @Recovery", new { person.Id, person.Recovery, rest });
        }

        TellWrongCode(person.Id);
        return false;

        async Task<bool> TakeAsync(string sql, object values)
        {
            var isTaken = await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, values, transaction), cancellation) == 1;
            if (!isTaken)
            {
                TellWrongCode(person.Id);
            }

            return isTaken;
        }
    }

    // People by their ids, and never what was typed: it may be a password in the wrong field.
    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong password for {Person}.")]
    private partial void TellWrongPassword(string person);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong code of the second factor for {Person}.")]
    private partial void TellWrongCode(string person);

    [LoggerMessage(Level = LogLevel.Information, Message = "The password of {Person} was changed.")]
    private partial void TellPasswordChanged(string person);

    [LoggerMessage(Level = LogLevel.Information, Message = "The second factor of {Person} was switched {State}.")]
    private partial void TellSecondFactorChanged(string person, string state);
}

/// <summary>Somebody who is to get an account; all of it is checked.</summary>
internal sealed record Newcomer(string Email, string Name, string Password, string Language);
