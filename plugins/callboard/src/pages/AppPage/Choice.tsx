import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';

export interface ChoiceProps {
  label: string;
  value: string;
  options: Array<{ id: string; title: string }>;
  onChange: (id: string) => void;
}

/** A choice among a few options. */
export function Choice({
  label,
  value,
  options,
  onChange,
}: ChoiceProps): JSX.Element {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={([key]) => onChange(String(key))}
    >
      {options.map(({ id, title }) => (
        <ToggleButton key={id} id={id}>
          {title}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
