/** The measurement as a page: by group, then every disagreement. */
export function formatAgreement({ judged, missing, source }) {
  const groups = [...new Set(judged.map(({ group }) => group))].sort();
  const kinds = new Set(judged.map(({ group, kind }) => `${group}/${kind}`));
  const apart = judged.filter(differs);
  return [
    '# Agreement with Argo CD',
    '',
    'Every situation that Argo CD publishes (an object, and the health it says the object has) given to `callboard health`; the status must be the same. Written by:',
    '',
    '```sh',
    `node test/src/health-agreement/measure.mjs FOLDER… --source "${source}"`,
    '```',
    '',
    `Measured against ${source}: **${percent(judged)}, ${
      judged.length - apart.length
    } of ${judged.length} situations** of ${kinds.size} kinds in ${
      groups.length
    } groups. Where we differ on purpose, [decision 0031](../adr/0031-agreement-with-argo-cd.md) says why.`,
    '',
    `Kinds below 98 percent: ${kindsBelow(judged).join(', ') || 'none'}.`,
    ...(missing.length === 0
      ? []
      : ['', `Not measured, the file is not there: ${missing.length}`]),
    '',
    '## Disagreements',
    '',
    ...(apart.length === 0
      ? ['None.']
      : [
          '| group | kind | situation | Argo CD | Callboard | because |',
          '| --- | --- | --- | --- | --- | --- |',
          ...apart.map(
            ({ group, kind, input, status, ours, reason }) =>
              `| ${group || 'core'} | ${kind} | ${input
                .split('/')
                .at(-1)} | ${status} | ${ours} | ${reason ?? ''} |`,
          ),
        ]),
    '',
    '## By group',
    '',
    '| group | kinds | situations | agree |',
    '| --- | ---: | ---: | ---: |',
    ...groups.map(group => {
      const members = judged.filter(item => item.group === group);
      const count = new Set(members.map(({ kind }) => kind)).size;
      return `| ${group || 'core'} | ${count} | ${members.length} | ${percent(
        members,
      )} |`;
    }),
    '',
  ].join('\n');
}

function differs({ status, ours }) {
  return status !== ours;
}

function kindsBelow(judged) {
  const names = [
    ...new Set(judged.map(({ group, kind }) => `${group}/${kind}`)),
  ].sort();
  return names.filter(name => {
    const members = judged.filter(
      ({ group, kind }) => `${group}/${kind}` === name,
    );
    return members.filter(differs).length * 100 > members.length * 2;
  });
}

function percent(members) {
  const agreed = members.filter(item => !differs(item)).length;
  return `${((agreed * 100) / members.length).toFixed(1)} %`;
}
