namespace Collector.BrowserTests.Browsers;

/// <summary>The engines that nearly all browsers are made of.</summary>
public enum Engine
{
    Chromium,
    Firefox,
    WebKit,
}
