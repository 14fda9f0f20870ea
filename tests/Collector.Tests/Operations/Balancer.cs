using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Collector.Tests.Operations;

/// <summary>nginx or haproxy before three collectors, or haproxy before two databases, by the file of samples/deploy, on ports that are free.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly X509Certificate2 Certificate = NewCertificate();

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly ConcurrentQueue<string> said = new();

    private Balancer(ProcessStartInfo start, DirectoryInfo folder, int port)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        (this.folder, Port) = (folder, port);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens: for HTTPS, or for who wants the database.</summary>
    public int Port { get; }

    /// <summary>All that it wrote down.</summary>
    public string Log => string.Join('\n', [.. said, .. folder.GetFiles("*.log").Select(file => File.ReadAllText(file.FullName))]);

    public static Task<Balancer> StartAsync(string kind, IReadOnlyList<Uri> collectors, CancellationToken cancellation) =>
        kind == "nginx" ? NginxAsync(collectors, cancellation) : HaproxyAsync(collectors, cancellation);

    /// <summary>haproxy before two PostgreSQL servers on these ports, of which one is primary.</summary>
    public static Task<Balancer> BeforePostgresAsync(int first, int second, CancellationToken cancellation)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", Path.Combine(Sample.Folder, "haproxy-postgres.cfg")])
        {
            Environment =
            {
                ["POSTGRES_BIND"] = $"127.0.0.1:{port}",
                ["POSTGRES_1"] = $"127.0.0.1:{first}",
                ["POSTGRES_2"] = $"127.0.0.1:{second}",
            },
        };
        return ListeningAsync(new Balancer(start, Directory.CreateTempSubdirectory("collector-haproxy-"), port), cancellation);
    }

    /// <summary>nginx.conf as it can run here.</summary>
    public static string NginxFile(DirectoryInfo folder, int http, int https, IReadOnlyList<Uri> collectors) => Sample.Of("nginx.conf")
        .With("pid /run/nginx.pid", $"pid {folder}/nginx.pid")
        .With("/var/log/nginx/", $"{folder}/")
        .With("listen 80;", $"listen 127.0.0.1:{http};")
        .With("listen 443 ", $"listen 127.0.0.1:{https} ")
        .With("/etc/nginx/collector.pem", CertificateIn(folder))
        .With("/etc/nginx/collector.key", CertificateIn(folder))
        .With("10.0.0.11:5080", collectors[0].Authority)
        .With("10.0.0.12:5080", collectors[1].Authority)
        .With("10.0.0.13:5080", collectors[2].Authority)
        .SaveIn(folder);

    /// <summary>One file with a certificate that nobody vouches for, and its key.</summary>
    public static string CertificateIn(DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, "collector.pem");
        File.WriteAllText(file, Certificate.ExportCertificatePem() + "\n" + Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }

    /// <summary>A visitor's browser at an address of this machine, 127.0.0.2 for instance, by HTTP/2.</summary>
    public HttpClient VisitorAt(string address) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.GetCertHashString() },
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("https://collector.example"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static Task<Balancer> NginxAsync(IReadOnlyList<Uri> collectors, CancellationToken cancellation)
    {
        var (folder, http, https) = (Directory.CreateTempSubdirectory("collector-nginx-"), FreePort(), FreePort());
        var file = NginxFile(folder, http, https, collectors);
        return ListeningAsync(new Balancer(new ProcessStartInfo("/usr/sbin/nginx", ["-c", file, "-g", "daemon off;"]), folder, https), cancellation);
    }

    private static Task<Balancer> HaproxyAsync(IReadOnlyList<Uri> collectors, CancellationToken cancellation)
    {
        var (folder, http, https) = (Directory.CreateTempSubdirectory("collector-haproxy-"), FreePort(), FreePort());
        var start = new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", Path.Combine(Sample.Folder, "haproxy.cfg")])
        {
            Environment =
            {
                ["COLLECTOR_1"] = collectors[0].Authority,
                ["COLLECTOR_2"] = collectors[1].Authority,
                ["COLLECTOR_3"] = collectors[2].Authority,
                ["COLLECTOR_HTTP"] = $"127.0.0.1:{http}",
                ["COLLECTOR_HTTPS"] = $"127.0.0.1:{https}",
                ["COLLECTOR_CERTIFICATE"] = CertificateIn(folder),
            },
        };
        return ListeningAsync(new Balancer(start, folder, https), cancellation);
    }

    private static async Task<Balancer> ListeningAsync(Balancer balancer, CancellationToken cancellation)
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, balancer.Port), cancellation);
                return balancer;
            }
            catch (SocketException) when (!balancer.process.HasExited)
            {
                await Task.Delay(20, cancellation);
            }
            catch (SocketException exception)
            {
                throw new InvalidOperationException(balancer.Log, exception);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static X509Certificate2 NewCertificate()
    {
        var (key, now) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), TimeProvider.System.GetUtcNow());
        return new CertificateRequest("CN=collector.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
