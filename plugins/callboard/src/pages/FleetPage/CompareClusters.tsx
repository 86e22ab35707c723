import { Button } from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import { Panel } from '@callboard/plugin-callboard-react';
import { compareClusters } from './compareClusters';
import styles from './CompareClusters.module.css';

/** Two clusters side by side, what differs first. */
export function CompareClusters({
  left,
  right,
  onClose,
}: {
  left: Cluster;
  right: Cluster;
  onClose: () => void;
}): JSX.Element {
  const facts = compareClusters(left, right);
  const differing = facts.filter(({ differs }) => differs).length;
  return (
    <Panel
      title={`${nameCluster(left)} and ${nameCluster(right)}`}
      aside={`${differing} of ${facts.length} facts differ`}
      foot={
        <Button variant="secondary" onPress={onClose}>
          Close comparison
        </Button>
      }
      flush
    >
      <table
        className={styles.table}
        aria-label={`Comparison of ${nameCluster(left)} and ${nameCluster(
          right,
        )}`}
      >
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">{nameCluster(left)}</th>
            <th scope="col">{nameCluster(right)}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ fact, left: one, right: other, differs }) => (
            <tr key={fact} data-differs={differs ? '' : undefined}>
              <th scope="row">
                <span aria-hidden="true" className={styles.mark}>
                  {differs ? '≠' : '='}
                </span>{' '}
                {fact}
              </th>
              <td>{one}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
