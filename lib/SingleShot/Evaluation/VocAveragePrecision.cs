namespace SingleShot.Evaluation;

/// <summary>The two ways in which Pascal VOC made one number of a precision-recall curve.</summary>
public enum VocAveragePrecision
{
    /// <summary>The mean of the highest precision at or beyond recall 0, .1, ... 1: VOC 2007 to 2009.</summary>
    ElevenPoint,

    /// <summary>The area under the curve, its precision made never to rise: VOC 2010 and later.</summary>
    Area,
}
