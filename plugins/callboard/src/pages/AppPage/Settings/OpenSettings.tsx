import { ButtonLink } from '@backstage/ui';
import { useViewLink } from '@callboard/plugin-callboard-react';

/** The next step of the problem `setting-missing`: an environment has not what a release reads. */
export function OpenSettings({
  environment,
}: {
  environment: string;
}): JSX.Element {
  const linkTo = useViewLink();
  return (
    <ButtonLink
      variant="secondary"
      href={linkTo({ tab: 'settings', env: environment })}
    >
      Open settings
    </ButtonLink>
  );
}
