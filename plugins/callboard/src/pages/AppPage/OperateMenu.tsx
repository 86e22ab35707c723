import {
  Button,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
} from '@backstage/ui';
import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import { RiArrowDownSLine } from '@remixicon/react';
import { OPERATION_WORDS } from './operationWords';
import { type OperationName, useAppDialog } from './useAppDialog';

/** What can be done to an app where it runs, by those who may; each says what it will do before it does it. */
export function OperateMenu({ app }: { app: App }): JSX.Element | null {
  const { open } = useAppDialog();
  const operated = app.environments.filter(({ release }) => release !== null);
  const mayOperate = app.viewer?.promote !== false;
  const mayDelete = app.viewer?.delete ?? mayOperate;
  const sections = mayOperate ? operated : [];
  if (sections.length === 0 && !mayDelete) return null;
  return (
    <MenuTrigger>
      <Button variant="secondary" iconEnd={<RiArrowDownSLine />}>
        Actions
      </Button>
      <Menu>
        {sections.map(environment => (
          <MenuSection key={environment.name} title={environment.title}>
            {offersFor(environment).map(action => (
              <MenuItem
                key={action}
                onAction={() =>
                  open({
                    kind: 'operate',
                    environment: environment.name,
                    action,
                  })
                }
              >
                {`${OPERATION_WORDS[action].verb}…`}
              </MenuItem>
            ))}
            <MenuItem
              color="danger"
              onAction={() =>
                open({ kind: 'remove', environment: environment.name })
              }
            >
              {`Remove from ${environment.title}…`}
            </MenuItem>
          </MenuSection>
        ))}
        {mayDelete && (
          <MenuSection title="App">
            <MenuItem color="danger" onAction={() => open({ kind: 'remove' })}>
              Delete app…
            </MenuItem>
          </MenuSection>
        )}
      </Menu>
    </MenuTrigger>
  );
}

function offersFor({ operation }: AppEnvironment): OperationName[] {
  return operation?.state === 'stopped'
    ? ['start', 'scale']
    : ['restart', 'scale', 'stop'];
}
