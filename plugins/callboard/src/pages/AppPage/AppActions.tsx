import { Button, ButtonLink, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import { RiArrowDownSLine, RiExternalLinkLine } from '@remixicon/react';
import { useState } from 'react';
import { PromoteDialog } from './PromoteDialog';
import { type Promotion, promotionsOf } from './promotions';

/** The one primary action of an app, promotion, beside the way to its address. */
export function AppActions({ app }: { app: App }): JSX.Element {
  const [chosen, setChosen] = useState<Promotion>();
  const promotions = promotionsOf(app);
  const address = addressOf(app);
  return (
    <>
      {address && (
        <ButtonLink
          variant="secondary"
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          iconEnd={<RiExternalLinkLine />}
        >
          Open
        </ButtonLink>
      )}
      <PromoteButton promotions={promotions} onChoose={setChosen} />
      {chosen && (
        <PromoteDialog
          app={app}
          promotion={chosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </>
  );
}

function PromoteButton({
  promotions,
  onChoose,
}: {
  promotions: Promotion[];
  onChoose: (promotion: Promotion) => void;
}): JSX.Element | null {
  if (promotions.length === 0) return null;
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
            key={promotion.environment.name}
            onAction={() => onChoose(promotion)}
          >
            {describe(promotion)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

function describe({ environment, release }: Promotion): string {
  return `Promote ${release.number} to ${environment.title}`;
}

/** The address of the furthest environment that has one. */
function addressOf({ environments }: App): string | undefined {
  return [...environments]
    .reverse()
    .flatMap(({ clusters }) => clusters.flatMap(({ urls }) => urls))
    .at(0);
}
