import { Button, ButtonLink, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import {
  hostOf,
  ownAddressOf,
  useClusterName,
} from '@callboard/plugin-callboard-react';
import { RiArrowDownSLine, RiExternalLinkLine } from '@remixicon/react';

/** Opens the app's address; with several addresses, a menu. */
export function OpenButton({ app }: { app: App }): JSX.Element | null {
  const nameOf = useClusterName();
  const places = placesOf(app);
  const titleOf = ({ environment, cluster }: Place) =>
    cluster === undefined
      ? environment
      : `${environment} on ${nameOf(cluster)}`;
  if (places.length === 0) return null;
  if (places.length === 1) {
    const [place] = places;
    return (
      <ButtonLink
        variant="secondary"
        href={place.url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={`Open: ${titleOf(place)}`}
        iconEnd={<RiExternalLinkLine />}
      >
        Open
      </ButtonLink>
    );
  }
  return (
    <MenuTrigger>
      <Button variant="secondary" iconEnd={<RiArrowDownSLine />}>
        Open
      </Button>
      <Menu>
        {places.map(place => (
          <MenuItem
            key={place.url}
            href={place.url}
            target="_blank"
            rel="noopener noreferrer"
          >
            {`${titleOf(place)} (${hostOf(place.url)})`}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

interface Place {
  environment: string;
  /** Absent when the address is that of the app, on any cluster. */
  cluster?: string;
  url: string;
}

/** Addresses of the app, last environment of the promotion order first: its own name, or one per cluster. */
function placesOf({ environments }: App): Place[] {
  return [...environments].reverse().flatMap(environment => {
    const own = ownAddressOf(environment);
    if (own !== undefined)
      return [{ environment: environment.title, url: own }];
    return environment.clusters.flatMap(({ cluster, urls }) =>
      urls.map(url => ({ environment: environment.title, cluster, url })),
    );
  });
}
