using System.Buffers;
using System.IO.Pipelines;
using Collector.Feedback;

namespace Collector.Ingest;

/// <summary>A request's body, read from the connection's own buffers; larger ones are refused without reading all of them.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes that a body may have.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>Reads what was sent; false when it is larger than <see cref="Largest"/>. It is null when it is no JSON object, for which there is an error then.</summary>
    public static async ValueTask<(bool Fits, Submission? Submission)> ReadAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellation)
    {
        if (request.ContentLength > Largest)
        {
            return (false, null);
        }

        while (true)
        {
            var read = await ReadAsync(request.BodyReader, cancellation);
            if (read.Buffer.Length > Largest)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End); // What is read must be given back, or the connection ends without a reply.
                return (false, null);
            }

            if (read.IsCompleted)
            {
                return (true, Read(request.BodyReader, read.Buffer, errors));
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }) // The server's own limit, where it was quicker.
        {
            // A chunk of an impossible size, or a connection that broke off: the sender's doing, either way.
            throw new BadHttpRequestException("The body could not be read.", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static Submission? Read(PipeReader reader, ReadOnlySequence<byte> body, FieldErrors errors)
    {
        var bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        var submission = SubmissionReader.Read(bytes is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : bytes, errors); // without a byte order mark
        reader.AdvanceTo(body.End);
        return submission;
    }
}
