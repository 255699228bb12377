using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Workbook.Execution.Packages;

/// <summary>Packages that are resolved together.</summary>
/// <param name="Requests">The packages, each name once.</param>
/// <param name="Sources">Sources beside those of the machine's own configuration.</param>
internal sealed record PackageSet(ImmutableArray<PackageRequest> Requests, ImmutableArray<string> Sources)
{
    /// <summary>The .NET that the packages are chosen for, as projects name it.</summary>
    public static string Framework { get; } = $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    /// <summary>Names this set: the same packages and sources on the same .NET.</summary>
    public string Key
    {
        get
        {
            var requests = Requests.Select(one => one.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal);
            string[] parts = [Environment.Version.ToString(), RuntimeInformation.RuntimeIdentifier, .. requests, .. Sources.Order(StringComparer.Ordinal)];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..24];
        }
    }
}
