import { Button, ButtonLink, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import { useClusterName } from '@callboard/plugin-callboard-react';
import { RiArrowDownSLine, RiExternalLinkLine } from '@remixicon/react';

/** Opens the app where it answers; where it answers in several places, a menu says which. */
export function OpenButton({ app }: { app: App }): JSX.Element | null {
  const nameOf = useClusterName();
  const places = placesOf(app);
  if (places.length === 0) return null;
  if (places.length === 1) {
    const [{ url, environment, cluster }] = places;
    return (
      <ButtonLink
        variant="secondary"
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={`Open: ${environment} on ${nameOf(cluster)}`}
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
        {places.map(({ url, environment, cluster }) => (
          <MenuItem
            key={url}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
          >
            {`${environment} on ${nameOf(cluster)} (${hostOf(url)})`}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

/** Every address of the app, the furthest environment first. */
function placesOf({ environments }: App) {
  return [...environments]
    .reverse()
    .flatMap(({ title, clusters }) =>
      clusters.flatMap(({ cluster, urls }) =>
        urls.map(url => ({ environment: title, cluster, url })),
      ),
    );
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
