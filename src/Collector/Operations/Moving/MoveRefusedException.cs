namespace Collector.Operations.Moving;

/// <summary>These two databases are not for a move; both were left as they were.</summary>
public sealed class MoveRefusedException(string message) : Exception(message);
