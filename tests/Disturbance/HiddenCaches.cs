using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

internal sealed unsafe partial class OneDnnCaches
{
    private const int ReadWriteExecute = 7;

    /// <summary>Gives oneDNN one byte for each cache, as it takes them to be where the processor answers zeros.</summary>
    /// <param name="forGood">Whether its function says one byte whatever the record says.</param>
    public void Hide(bool forGood)
    {
        _record[Levels] = 3;
        for (var level = 0; level < 3; level++)
        {
            (_record[Sizes + level], _record[Sharing + level]) = (1, 1);
        }
        if (forGood)
        {
            ReadOnlySpan<byte> returnOne = [0xb8, 1, 0, 0, 0, 0xc3]; // mov eax, 1; ret
            var page = (nint)_perCore & ~(nint)(Environment.SystemPageSize - 1);
            if (ProtectMemory(page, 2 * Environment.SystemPageSize, ReadWriteExecute) != 0)
            {
                throw new InvalidOperationException("The system does not let code be changed.");
            }
            returnOne.CopyTo(new Span<byte>((void*)_perCore, returnOne.Length));
        }
        ForgetCode();
    }

    [DllImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ProtectMemory(nint address, nint length, int protection);
}
