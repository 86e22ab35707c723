import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import { RiArrowDownSLine } from '@remixicon/react';
import { OperateMenu } from './OperateMenu';
import { OpenButton } from './OpenButton';
import styles from './AppActions.module.css';
import {
  type Promotion,
  mayPromote,
  promotionsOf,
  whoMayPromote,
} from './promotions';
import { useAppDialog } from './useAppDialog';

/** The primary action of an app, promotion, beside its address and the menu of operations. */
export function AppActions({ app }: { app: App }): JSX.Element {
  const { open } = useAppDialog();
  return (
    <>
      <OpenButton app={app} />
      <OperateMenu app={app} />
      <PromoteButton
        app={app}
        onChoose={({ environment, release }) =>
          open({ kind: 'promote', environment, release: release.number })
        }
      />
    </>
  );
}

function PromoteButton({
  app,
  onChoose,
}: {
  app: App;
  onChoose: (promotion: Promotion) => void;
}): JSX.Element | null {
  const ready = promotionsOf(app);
  if (ready.length === 0) return null;
  const environmentOf = ({ environment }: Promotion) =>
    app.environments.find(({ name }) => name === environment)!;
  const describe = (promotion: Promotion) => {
    const { title, promotion: rule } = environmentOf(promotion);
    const older = rule?.change === 'older' ? 'older ' : '';
    const release = `${older}release ${promotion.release.number}`;
    return rule?.approval === undefined
      ? `Promote ${release} to ${title}`
      : `Approve ${release} for ${title}`;
  };
  const promotions = ready.filter(each => mayPromote(app, environmentOf(each)));
  if (promotions.length === 0) {
    const environment = environmentOf(ready[0]);
    return (
      <span className={styles.quiet}>
        Release {ready[0].release.number} is ready for {environment.title}.{' '}
        {whoMayPromote(app, environment)}.
      </span>
    );
  }
  if (promotions.length === 1) {
    return (
      <Button onPress={() => onChoose(promotions[0])}>
        {describe(promotions[0])}
      </Button>
    );
  }
  return (
    <MenuTrigger>
      <Button iconEnd={<RiArrowDownSLine />}>Promote</Button>
      <Menu>
        {promotions.map(promotion => (
          <MenuItem
            key={promotion.environment}
            onAction={() => onChoose(promotion)}
          >
            {describe(promotion)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
