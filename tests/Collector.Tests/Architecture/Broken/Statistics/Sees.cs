namespace Collector.Tests.Architecture.Broken.Statistics;

internal sealed class SeesFeedback : Feedback.TaggedAttribute;

internal sealed class SeesMathNet
{
    public static double Run() => MathNet.Numerics.SpecialFunctions.Erf(1);
}
