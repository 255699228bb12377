using Xunit;

namespace Workbook.Tests.Editing;

/// <summary>A session whose cells declare a bit of everything and reference a documented library.</summary>
public sealed class DocumentedNotebook : IAsyncLifetime
{
    private const string Documented = """
        namespace Shapes;

        /// <summary>A box.</summary>
        public class Box
        {
            /// <summary>Moves it, see <see cref="Box"/>, by <paramref name="x"/> and never <see langword="null"/>.</summary>
            /// <param name="x">To the right, in <c>pixels</c>.</param>
            /// <param name="y">Down.</param>
            /// <returns>The <typeparamref name="T"/>.</returns>
            /// <exception cref="System.ArgumentException">Too far.</exception>
            /// <remarks>
            /// First.
            /// <para>Second:</para>
            /// <list type="bullet">
            ///   <item><term>one</term><description>the first</description></item>
            ///   <item>two</item>
            /// </list>
            /// <code>
            ///   if (x)
            ///     y;
            /// </code>
            /// </remarks>
            /// <typeparam name="T">What comes back.</typeparam>
            public virtual T? Move<T>(int x, string y = "d") where T : class => null;

            /// <summary>Moves it at once.</summary>
            public void Move(int x) { }

            /// <summary>Moves it a long way.</summary>
            public void Move(int x, double y, params int[] more) { }

            /// <summary>One cell of it.</summary>
            /// <param name="row">From the top.</param>
            /// <param name="column">From the left.</param>
            public int this[int row, int column] => 0;
        }

        /// <summary>A place.</summary>
        /// <param name="Y">How far down.</param>
        public record Spot(int Y);

        public class Crate : Box
        {
            /// <inheritdoc/>
            public override T Move<T>(int x, string y = "d") => null;
        }
        """;

    public EditedSession Session { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Session.Library("Shapes", Documented);
        await Session.Run("#r \"Shapes.dll\"\nusing Shapes;\nvar box = new Box();");
        await Session.Run("""
            var number = 42; var word = "a\nb"; var words = new List<string>(); var row = new { X = 1 }; const int Most = 9;
            enum Side { Left } record struct Point(int X, int Y); T Wide<T>(T x) => x;
            """);
        await Session.Run("/// <summary>Adds two.</summary>\n/// <param name=\"x\">To this.</param>\nint Add(int x) => x + 2;");
    }

    public ValueTask DisposeAsync()
    {
        Session.Dispose();
        return ValueTask.CompletedTask;
    }
}
