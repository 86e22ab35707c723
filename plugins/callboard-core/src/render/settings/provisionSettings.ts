import { SETTINGS_SECRET_NAME } from '@callboard/plugin-callboard-common';
import { SecretText } from '../placeholders';
import { unknownParam } from '../resources/builtIn/params';
import type {
  ProvisionContext,
  Provisioned,
  Provisioner,
  ResourceRequest,
} from '../resources/types';
import { openSettings } from './openSettings';
import { externalSecretNameOf, settingKeyOf } from './settingKeyOf';
import { isInStore, type Settings } from './types';

/**
 * Provisions the variables and secrets of an app in an environment, for
 * workloads that request `environment` and `secret`. Each setting is named with
 * its version, so that a change restarts exactly the workloads that read it.
 */
export function settingsProvisioners(
  settings: Settings | undefined,
): Provisioner[] {
  const all = [...(settings?.byName.values() ?? [])];
  const variables = settings?.variables ?? {};
  const secrets = Object.fromEntries(
    all.flatMap(({ name, kind, valueVersion, reference }) =>
      kind === 'secret'
        ? [
            [
              name,
              SecretText.of(
                isInStore(reference)
                  ? externalSecretNameOf(name, valueVersion)
                  : SETTINGS_SECRET_NAME,
                settingKeyOf(name, valueVersion),
              ),
            ],
          ]
        : [],
    ),
  );
  const of = (
    type: string,
    outputsIn: (context: ProvisionContext) => Record<string, unknown>,
  ): Provisioner => ({
    name: `settings/${type}`,
    origin: 'code',
    type,
    class: 'default',
    revision: String(settings?.version ?? 0),
    provision: ({ params }, context) =>
      unknownParam(params, []) ?? { ok: true, outputs: outputsIn(context) },
  });
  return [
    of('environment', context => ({ ...variables, ...factsOf(context) })),
    of('secret', () => secrets),
  ];
}

/**
 * Facts about the environment (`name`, `app`, `release`, `namespace`), and any
 * variable: which ones exist depends on the environment.
 */
export function provisionEnvironment(
  { name, params }: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, []);
  if (odd) return odd;
  return {
    ok: true,
    outputs: openSettings(
      factsOf(context),
      variable => `\${resources.${name}.${variable}}`,
    ),
  };
}

/** Any secret: which ones exist depends on the environment. */
export function provisionSecret({ params }: ResourceRequest): Provisioned {
  const odd = unknownParam(params, []);
  if (odd) return odd;
  return {
    ok: true,
    outputs: openSettings({}, name =>
      SecretText.of(SETTINGS_SECRET_NAME, name),
    ),
  };
}

function factsOf({
  environment,
  app,
  release,
  namespace,
}: ProvisionContext): Record<string, unknown> {
  return { name: environment, app, release: String(release), namespace };
}
