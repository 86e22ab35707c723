import { Button } from '@backstage/ui';
import {
  type AppEnvironment,
  type LackingSetting,
  listOf,
} from '@callboard/plugin-callboard-common';
import { OnlyNow, Panel } from '@callboard/plugin-callboard-react';
import { findSetting, type KnownSettings } from './knownSettings';
import { kindOfSetting } from '@callboard/plugin-callboard-core';
import styles from './Settings.module.css';

/** Settings that releases read but that are not set, with buttons that set them. */
export function LackingPanels({
  environments,
  settings,
  maySet,
  onSet,
}: {
  environments: readonly AppEnvironment[];
  settings: KnownSettings;
  maySet: (environment: string) => boolean;
  onSet: (environment: string, lacking: LackingSetting) => void;
}): JSX.Element {
  return (
    <>
      {environments.map(({ name, title }) => {
        const lacking = settings.of.get(name)?.lacking ?? [];
        if (lacking.length === 0) return null;
        return (
          <Panel
            key={name}
            tone="warning"
            title={describeLacking(lacking, { name, title, settings })}
          >
            <ul className={styles.lines}>
              {lacking.map(each => (
                <li
                  key={`${each.name} ${kindOfSetting(each)}`}
                  className={styles.lacking}
                >
                  <span>
                    Release {each.release} ({listOf(each.workloads)}) reads{' '}
                    {each.name} as a {kindOfSetting(each)} and waits until it is
                    set.
                  </span>
                  {maySet(name) && (
                    <OnlyNow>
                      <Button
                        variant="secondary"
                        aria-label={`Set ${each.name} in ${title}`}
                        onPress={() => onSet(name, each)}
                      >
                        Set {each.name}
                      </Button>
                    </OnlyNow>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
        );
      })}
    </>
  );
}

/** `Production has no PAYMENT_KEY`, or has it as the other kind. */
function describeLacking(
  lacking: readonly LackingSetting[],
  of: { name: string; title: string; settings: KnownSettings },
): string {
  const absent = lacking.filter(
    each => !findSetting(of.settings, of.name, each.name),
  );
  if (absent.length > 0)
    return `${of.title} has no ${listOf(absent.map(each => each.name))}`;
  const [other] = lacking;
  return `${of.title} has ${other.name} as a ${kindOfSetting({
    secret: !other.secret,
  })}, not as a ${kindOfSetting(other)}`;
}
