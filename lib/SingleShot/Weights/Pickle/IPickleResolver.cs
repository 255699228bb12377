namespace SingleShot.Weights.Pickle;

/// <summary>What the names in a pickle stand for; the one place where a pickle could reach beyond plain containers.</summary>
internal interface IPickleResolver
{
    /// <summary>What a name stands for.</summary>
    /// <param name="module">Its module, for instance <c>collections</c>.</param>
    /// <param name="name">Its name there, for instance <c>OrderedDict</c>.</param>
    /// <returns>What is known of it; a <see cref="PickledObject"/> where nothing is.</returns>
    /// <exception cref="InvalidDataException">Something that cannot be passed over; the message has the name.</exception>
    object Global(string module, string name);

    /// <summary>What a call of a global gives, for instance a tensor's description.</summary>
    /// <exception cref="InvalidDataException">It is not to be called, or not with these arguments.</exception>
    object? Call(object? callee, IReadOnlyList<object?> arguments);

    /// <summary>What a persistent id stands for: something kept outside the pickle.</summary>
    /// <exception cref="InvalidDataException">It is not of the kind that is known.</exception>
    object Persistent(object? id);
}
