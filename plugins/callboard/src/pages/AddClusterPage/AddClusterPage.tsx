import { Skeleton } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import {
  ProblemCard,
  Sentence,
  ShowView,
  useBlueprints,
  useClusters,
  useJoining,
} from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { ClusterForm } from './ClusterForm';
import { mayNotAdd } from './mayNotAdd';

/** Page that adds a cluster: its name, labels, blueprint and exposure. */
export function AddClusterPage(): JSX.Element {
  return (
    <CallboardPage>
      <AddCluster />
    </CallboardPage>
  );
}

function AddCluster(): JSX.Element {
  const links = useLinks();
  return (
    <PageFrame
      title="Add cluster"
      breadcrumbs={[{ label: 'Fleet', href: links.fleet() }]}
    >
      <Sentence>
        A cluster joins by dialing out: nothing has to reach it from outside,
        and no kubeconfig leaves it.
      </Sentence>
      <WhenAllowed />
    </PageFrame>
  );
}

function WhenAllowed(): JSX.Element {
  const { loading, allowed } = usePermission({
    permission: clusterManagePermission,
  });
  if (loading) return <Skeleton width="100%" height={320} />;
  if (!allowed) return <ProblemCard problem={mayNotAdd} tone="warning" />;
  return <WhenPossible />;
}

/** Reports that no cluster can be added before the form is shown. */
function WhenPossible(): JSX.Element {
  const view = useJoining();
  return (
    <ShowView view={view} loading={<SkeletonPanel rows={6} height={44} />}>
      {({ problem }) =>
        problem ? <ProblemCard problem={problem} tone="warning" /> : <Form />
      }
    </ShowView>
  );
}

function Form(): JSX.Element {
  const clusters = useClusters();
  const blueprints = useBlueprints();
  return (
    <ShowView view={clusters} loading={<SkeletonPanel rows={6} height={44} />}>
      {known => (
        <ShowView
          view={blueprints}
          loading={<SkeletonPanel rows={6} height={44} />}
        >
          {versions => <ClusterForm clusters={known} blueprints={versions} />}
        </ShowView>
      )}
    </ShowView>
  );
}
