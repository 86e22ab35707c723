import { Button, ButtonLink, TextField } from '@backstage/ui';
import type {
  BlueprintSummary,
  Cluster,
} from '@callboard/plugin-callboard-common';
import {
  Panel,
  ProblemCard,
  useDraft,
  useRegisterCluster,
} from '@callboard/plugin-callboard-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { BlueprintChoice } from './BlueprintChoice';
import { chooseBlueprints } from './chooseBlueprints';
import { ExposureChoice } from './ExposureChoice';
import {
  type ClusterDraft,
  UNEXPOSED,
  judgeNewCluster,
} from './judgeNewCluster';
import { LabelRows } from './LabelRows';
import { suggestLabels } from './suggestLabels';
import styles from './ClusterForm.module.css';

export interface ClusterFormProps {
  /** Registered clusters: their names are taken, their labels suggested. */
  clusters: Cluster[];
  blueprints: BlueprintSummary[];
}

/** Form that describes a cluster; once it is accepted, the page of its joining follows. */
export function ClusterForm({
  clusters,
  blueprints,
}: ClusterFormProps): JSX.Element {
  const links = useLinks();
  const navigate = useNavigate();
  const suggestions = useMemo(() => suggestLabels(clusters), [clusters]);
  const choices = chooseBlueprints(blueprints, clusters);
  const {
    draft,
    change: setDraft,
    forget,
  } = useDraft<ClusterDraft>('add-cluster', () => ({
    name: '',
    labels: suggestions.keys.map((key, id) => ({ id, key, value: '' })),
    blueprint: choices[0]?.name,
  }));
  const [isTried, setTried] = useState(false);
  const { action, register } = useRegisterCluster();
  const judged = judgeNewCluster(
    draft,
    clusters.map(({ name }) => name),
  );
  const faults = judged.kind === 'faulty' ? judged : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (judged.kind !== 'good' || !(await register(judged.cluster))) return;
    forget();
    navigate(links.joinCluster(judged.cluster.name));
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Panel title="What it is">
        <div className={styles.fields}>
          <TextField
            label="Name"
            description="Its name on every page. It cannot be changed later."
            placeholder="store-7"
            isRequired
            autoComplete="off"
            spellCheck="false"
            value={draft.name}
            onChange={name => setDraft({ ...draft, name })}
            validationBehavior="aria"
            // No error before something was typed.
            validate={() =>
              draft.name === '' && !isTried ? undefined : faults?.name
            }
          />
          <LabelRows
            labels={draft.labels}
            faults={faults?.labels ?? {}}
            suggestions={suggestions}
            onChange={labels => setDraft({ ...draft, labels })}
          />
          <BlueprintChoice
            choices={choices}
            value={draft.blueprint}
            onChange={blueprint => setDraft({ ...draft, blueprint })}
          />
          <ExposureChoice
            value={draft.exposure ?? UNEXPOSED}
            fault={isTried || draft.exposure?.host ? faults?.host : undefined}
            onChange={exposure => setDraft({ ...draft, exposure })}
          />
        </div>
      </Panel>
      {action.kind === 'refused' && <ProblemCard problem={action.problem} />}
      <div className={styles.actions}>
        <Button type="submit" isPending={action.kind === 'running'}>
          Add cluster
        </Button>
        <ButtonLink variant="secondary" href={links.fleet()}>
          Cancel
        </ButtonLink>
        <p className={styles.quiet}>
          Nothing changes on the cluster yet: the next page gives the command
          that connects its agent.
        </p>
      </div>
    </form>
  );
}
