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

/** Operations on an app, for users with the permission; each previews its effect. */
export function OperateMenu({ app }: { app: App }): JSX.Element | null {
  const { open } = useAppDialog();
  const operated = app.environments.filter(({ release }) => release !== null);
  const mayOperate = app.viewer?.promote !== false;
  const mayDelete = app.viewer?.delete ?? mayOperate;
  const sections = mayOperate ? operated : [];
  const mayChange = app.viewer?.change ?? mayDelete;
  if (sections.length === 0 && !mayDelete && !mayChange) return null;
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
        {(mayChange || mayDelete) && (
          <MenuSection title="App">
            {mayChange && (
              <MenuItem onAction={() => open({ kind: 'change', what: 'card' })}>
                Rename or describe…
              </MenuItem>
            )}
            {mayChange && (
              <MenuItem
                onAction={() => open({ kind: 'change', what: 'owner' })}
              >
                Transfer to another owner…
              </MenuItem>
            )}
            {mayDelete && (
              <MenuItem
                color="danger"
                onAction={() => open({ kind: 'remove' })}
              >
                Delete app…
              </MenuItem>
            )}
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
