namespace Collector.Storage;

/// <summary>The database is not one that this version can work with; it was left as it is.</summary>
public abstract class DatabaseRefusedException(string message) : Exception(message);

/// <summary>The database was migrated by a newer version of Collector; this one would not understand it.</summary>
public sealed class NewerDatabaseException(int found, int known)
    : DatabaseRefusedException($"The database has migration {found}, this version of Collector knows only {known}. Start a newer version.");

/// <summary>The database needs a migration, and cannot be written to.</summary>
public sealed class OlderDatabaseException(int found, int needed)
    : DatabaseRefusedException($"The database cannot be written to, and has migration {found} where this version of Collector needs {needed}.");

/// <summary>Others use the database, which must stand still.</summary>
public sealed class DatabaseInUseException(string database)
    : DatabaseRefusedException($"{database} is in use. Stop all collectors that work on it first.");

/// <summary>There is a table that no migration of ours made.</summary>
public sealed class ForeignTableException(string table, string type)
    : DatabaseRefusedException($"The table {table} has a column of type {type}, and so is not of Collector, which needs a database of its own.");

/// <summary>The file is not whole.</summary>
public sealed class DamagedDatabaseException(string file, string why)
    : DatabaseRefusedException($"{file} is damaged: {why}. Nothing in it was changed. Put back a copy of the file, together with its -wal if there is one.");

/// <summary>A copy cannot be made or put in place.</summary>
public sealed class BackupRefusedException(string message) : DatabaseRefusedException(message);
