/** Traces to a collector of OpenTelemetry, by the usual variables. */
import { ConfigProvider, Effect, Layer, References } from "effect"

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Exports spans by OTLP over HTTP where `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` says where
 * to, as the other variables of the specification say how; what is left is sent when the layer closes. Else nothing is
 * loaded and no span is made.
 */
export const tracing = (environment: Environment): Layer.Layer<never> =>
  environment.OTEL_EXPORTER_OTLP_ENDPOINT || environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
    ? Layer.unwrap(Effect.map(load, (exporter) => exporter(environment)))
    : Layer.succeed(References.TracerEnabled, false)

const load = Effect.promise(async () => {
  const [{ FetchHttpClient }, { OtlpSerialization, OtlpTracer }] = await Promise.all([
    import("effect/http"),
    import("effect/observability")
  ])
  return (environment: Environment) => {
    const given = Object.fromEntries(Object.entries(environment).filter((entry) => entry[1] !== undefined))
    const env = { OTEL_SERVICE_NAME: "timegrid", OTEL_TRACES_EXPORTER: "otlp", ...given } as Record<string, string>
    return OtlpTracer.layerFromConfig().pipe(
      Layer.provide([
        FetchHttpClient.layer,
        OtlpSerialization.layerJson,
        ConfigProvider.layer(ConfigProvider.fromEnv({ env }))
      ])
    )
  }
})
