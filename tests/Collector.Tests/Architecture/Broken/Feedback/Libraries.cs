namespace Collector.Tests.Architecture.Broken.Feedback;

internal sealed class SeesDapper
{
    public static int Run() => Dapper.SqlMapper.GetCachedSQLCount();
}

internal sealed class SeesSystemData
{
    public static System.Data.Common.DbConnection? Connection() => null;
}

internal sealed class SeesFramework
{
    public static bool Run(object value) => value is Microsoft.AspNetCore.Http.HttpContext;
}

internal sealed class SeesMathNet
{
    public static double Run() => MathNet.Numerics.Constants.Pi + MathNet.Numerics.SpecialFunctions.Erf(1);
}
