using System.Text.Json;
using System.Text.Json.Serialization;
using Collector.Web;

namespace Collector.Webhooks;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseEnum<MessageFormat>), typeof(CamelCaseEnum<WebhookState>), typeof(CamelCaseEnum<DeliveryState>)])]
[JsonSerializable(typeof(NewWebhook))]
[JsonSerializable(typeof(WebhookChange))]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(WebhookSecretAnswer))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(TrialAnswer))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayAnswer))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
