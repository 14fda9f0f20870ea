using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Collector.BrowserTests.Samples;

/// <summary>WordPress itself, from Debian's package, with a theme of two lines and <c>samples/wordpress</c> among its plugins, on a MariaDB of its own.</summary>
internal sealed partial class WordPress : IAsyncDisposable
{
    private const string User = "admin", Password = "teapot";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collector-tests-");
    private readonly List<Process> processes = [];

    private readonly HttpClient owner;
    private readonly string address;

    private WordPress(string address) => (this.address, owner) = (address, new HttpClient { BaseAddress = new Uri(address) });

    /// <summary>Sets it up with the plugin, whose setting is not there yet, and signs its owner in.</summary>
    public static async Task<WordPress> StartAsync(string plugin, string address)
    {
        var wordPress = new WordPress(address);
        try
        {
            await wordPress.InstallAsync(plugin);
            await wordPress.SendAsync("/wp-login.php", ("log", User), ("pwd", Password), ("testcookie", "1"));
            return wordPress;
        }
        catch
        {
            await wordPress.DisposeAsync();
            throw;
        }
    }

    /// <summary>A page, as its owner gets it.</summary>
    public Task<string> ReadAsync(string path) => owner.GetStringAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Fills in the plugin's field among the general settings, and saves them. Gives what the page says then.</summary>
    public async Task<string> SetAsync(string script)
    {
        var page = await ReadAsync("/wp-admin/options-general.php");
        Assert.Contains("id=\"collector_script\"", page, StringComparison.Ordinal);
        return await SendAsync(
            "/wp-admin/options.php",
            ("option_page", "general"), ("action", "update"), ("_wpnonce", Nonce().Match(page).Groups["nonce"].Value), ("_wp_http_referer", "/wp-admin/options-general.php"),
            ("blogname", "Tea shop"), ("new_admin_email", "admin@shop.example"), ("timezone_string", "UTC"), ("gmt_offset", "0"), ("date_format", "Y-m-d"), ("time_format", "H:i"), ("start_of_week", "1"),
            ("collector_script", script));
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        foreach (var process in Enumerable.Reverse(processes))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private async Task InstallAsync(string plugin)
    {
        var (core, data, socket) = (In("core"), In("data"), In("mariadb"));
        await RunAsync("cp", "-r", Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../obj/wordpress/usr/share/wordpress")), core);
        File.Delete(Path.Combine(core, "wp-config.php"));
        Directory.CreateDirectory(Path.Combine(core, "wp-content/themes/plain"));
        Directory.CreateDirectory(Path.Combine(core, "wp-content/plugins"));
        File.Copy(plugin, Path.Combine(core, "wp-content/plugins", Path.GetFileName(plugin)));
        await File.WriteAllTextAsync(Path.Combine(core, "wp-content/themes/plain/style.css"), "/* Theme Name: Plain */");
        await File.WriteAllTextAsync(
            Path.Combine(core, "wp-content/themes/plain/index.php"), "<!doctype html><html><head><?php wp_head(); ?></head><body><h1><?php bloginfo('name'); ?></h1><?php wp_footer(); ?></body></html>");

        // It holds one table prefix for one test: no accounts of its own are needed.
        Directory.CreateDirectory(Path.Combine(data, "mysql"));
        Start("/usr/sbin/mariadbd", "--no-defaults", "--user=root", $"--datadir={data}", $"--socket={socket}", "--skip-networking", "--skip-grant-tables");
        await UntilAsync(() => File.Exists(socket));

        await File.WriteAllTextAsync(In("wp-config.php"), $$"""
            <?php
            define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{{socket}}'); define('DB_CHARSET', 'utf8mb4');
            define('WP_HOME', '{{address}}'); define('WP_SITEURL', '{{address}}'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
            $table_prefix = 'wp_';
            if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/core/');
            require_once ABSPATH . 'wp-settings.php';
            """);
        await File.WriteAllTextAsync(In("install.php"), $$"""
            <?php
            define('WP_INSTALLING', true);
            (new mysqli('localhost', 'root', '', '', 0, '{{socket}}'))->query('create database wordpress');
            require __DIR__ . '/core/wp-load.php';
            require_once ABSPATH . 'wp-admin/includes/upgrade.php';
            require_once ABSPATH . 'wp-admin/includes/plugin.php';
            add_filter('pre_wp_mail', '__return_true');
            wp_install('Tea shop', '{{User}}', 'admin@shop.example', true, '', '{{Password}}');
            switch_theme('plain');
            if (is_wp_error($error = activate_plugin('{{Path.GetFileName(plugin)}}'))) exit($error->get_error_message());
            """);
        await RunAsync("php", In("install.php"));

        var server = Start("php", "-S", new Uri(address).Authority, "-t", core);
        await UntilAsync(() => server.HasExited || IsListening());
    }

    private async Task<string> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await owner.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private bool IsListening()
    {
        try
        {
            using var client = new System.Net.Sockets.TcpClient("127.0.0.1", new Uri(address).Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private string In(string name) => Path.Combine(folder.FullName, name);

    private Process Start(string command, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PHP_CLI_SERVER_WORKERS"] = "4" } })!;
        _ = process.StandardOutput.ReadToEndAsync(); // A full pipe would stop it.
        _ = process.StandardError.ReadToEndAsync();
        processes.Add(process);
        return process;
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0 && output.Length == 0, string.Create(CultureInfo.InvariantCulture, $"{command}: {process.ExitCode} {output}"));
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        for (var waited = Stopwatch.StartNew(); !isTrue(); await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "It does not start.");
        }
    }

    [GeneratedRegex("name=\"_wpnonce\" value=\"(?<nonce>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Nonce();
}
