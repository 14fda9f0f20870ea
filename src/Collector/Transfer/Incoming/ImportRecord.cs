namespace Collector.Transfer.Incoming;

/// <summary>One record of a file: a line of NDJSON, or a row of CSV with all its lines.</summary>
/// <param name="Line">The line that it begins on, from 1.</param>
/// <param name="Text">What stands there.</param>
/// <param name="Earlier">How many records before it in the file are the same to the letter: what has no id is told apart by it.</param>
internal sealed record ImportRecord(long Line, string Text, int Earlier);
