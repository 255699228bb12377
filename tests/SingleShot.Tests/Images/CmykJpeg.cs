namespace SingleShot.Tests.Images;

/// <summary>A JPEG of 8 x 8 pixels of one color, in four inks, put together byte by byte.</summary>
internal static class CmykJpeg
{
    /// <summary>The file; each value is either 0 or 255.</summary>
    public static byte[] Of(int cyan, int magenta, int yellow, int black)
    {
        // One mean for each ink, 8 to a step: 127 of them above gray or 128 below. The codes: 00 no bits, 01 seven bits, 10 eight bits.
        var bits = string.Concat(new[] { cyan, magenta, yellow, black }.Select(value => (value == 255 ? "01" + "1111111" : "10" + "01111111") + "0"));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        var data = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).SelectMany(one => one == 255 ? new byte[] { 255, 0 } : [one]);
        return
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64),
            0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            0xFF, 0xC4, 0, 22, 0x00, 0, 3, .. new byte[14], 0, 7, 8,
            0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0,
            .. data,
            0xFF, 0xD9,
        ];
    }
}
