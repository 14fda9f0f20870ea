namespace Collector.BrowserTests.Browsers;

/// <summary>A tab of a real browser that nobody has used before: the little that the two ways of driving one have in common.</summary>
internal interface ITab : IAsyncDisposable
{
    /// <summary>Goes to an address, and waits until the page is there.</summary>
    Task GoAsync(string address);

    /// <summary>What an expression gives in the page (or in the frame that was entered), as JSON.</summary>
    Task<string> EvaluateAsync(string expression);

    /// <summary>From now on the page's first frame is looked at, in place of the page.</summary>
    Task EnterFrameAsync();

    /// <summary>Moves the pointer, in pixels of the page.</summary>
    Task MoveAsync(int x, int y);

    /// <summary>Presses the pointer's main button, where the pointer is.</summary>
    Task PressPointerAsync();

    /// <summary>Presses a key, by the name that the web gives it: Tab, Enter, ArrowDown, " " …</summary>
    Task PressAsync(string key);

    /// <summary>Types a text, key by key.</summary>
    Task TypeAsync(string text);
}
