namespace NatEngine.LoadTest.Tests.Reports;

/// <summary>A test that opens a page in a real browser; skipped, saying so, where there is none.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Missing;
}
