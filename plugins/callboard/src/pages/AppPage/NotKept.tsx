import { Button } from '@backstage/ui';
import { Panel, useSetInstant } from '@callboard/plugin-callboard-react';

/** Live data of a cluster, of which no history is stored. */
const TITLES = {
  Output: 'Output of the past is not kept',
  Objects: 'Objects of the past are not kept',
  Usage: 'Usage is kept for a week, and shown of now',
};
const REASONS = {
  Output: 'It is read from the cluster when somebody looks.',
  Objects: 'They are read from the cluster when somebody looks.',
  Usage: 'Its curves reach back over that week.',
};

export function NotKept({
  what,
}: {
  what: 'Output' | 'Objects' | 'Usage';
}): JSX.Element {
  const setInstant = useSetInstant();
  return (
    <Panel
      title={TITLES[what]}
      foot={
        <Button variant="secondary" onPress={() => setInstant(undefined)}>
          Back to now
        </Button>
      }
    >
      {REASONS[what]}
    </Panel>
  );
}
