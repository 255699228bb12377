using System.Reflection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.Browser))]

namespace Browser.Tests;

/// <summary>The machine's own Chromium, which the project was built for: Debian's package, or what CHROMIUM named.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string Program =
        typeof(Browser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Chromium").Value!;

    // In milliseconds. Playwright's own limits are those of a machine that has nothing else to do.
    private static readonly float Patience = (float)LastResort.Limit.TotalMilliseconds;

    private string[] _arguments = ["--use-fake-device-for-media-stream"]; // a camera, as a reader's machine has one; no page gets it unasked
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A window, which has no network unless it is to have one.</summary>
    /// <param name="script">False for one that runs no scripts.</param>
    /// <param name="width">Its width in CSS pixels.</param>
    /// <param name="dark">Whether the reader prefers dark pages.</param>
    /// <param name="offline">Whether it reaches nothing but files, not even servers of this machine.</param>
    public async Task<IPage> OpenAsync(bool script = true, int width = 1280, bool dark = false, bool offline = true)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = script,
            Offline = offline,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Another browser, for one test.</summary>
    /// <param name="arguments">What its program is started with, in place of the usual camera.</param>
    public static async Task<Browser> StartAsync(params string[] arguments)
    {
        var started = new Browser { _arguments = ["--use-fake-device-for-media-stream", .. arguments] };
        await started.InitializeAsync();
        return started;
    }

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Timeout = Patience,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", .. _arguments],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
