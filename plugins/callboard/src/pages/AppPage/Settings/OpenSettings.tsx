import { ButtonLink } from '@backstage/ui';
import { useViewLink } from '@callboard/plugin-callboard-react';

/** Next step of the problem `setting-missing`: opens the settings of the environment. */
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
