import { Button } from '@backstage/ui';
import { Panel, useSetInstant } from '@callboard/plugin-callboard-react';

/** Of what is read from a cluster on demand: the record has nothing of it to show for the past. */
export function NotKept({ what }: { what: 'Output' | 'Objects' }): JSX.Element {
  const setInstant = useSetInstant();
  return (
    <Panel
      title={
        what === 'Output'
          ? 'Output of the past is not kept'
          : 'Objects of the past are not kept'
      }
      foot={
        <Button variant="secondary" onPress={() => setInstant(undefined)}>
          Back to now
        </Button>
      }
    >
      {what === 'Output' ? 'It is' : 'They are'} read from the cluster when
      somebody looks.
    </Panel>
  );
}
