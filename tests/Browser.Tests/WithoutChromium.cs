using Xunit;

namespace Browser.Tests;

/// <summary>Stands for all the tests of this project where it was built without a browser.</summary>
public class WithoutChromium
{
    private const string Missing = "Chromium was missing when this was built: install it (apt-get install chromium), or name it in CHROMIUM, and build again.";

    [Fact(Skip = Missing)]
    public void EveryFigureAndPage_InARealBrowser()
    {
    }
}
