import { Select } from '@mantine/core';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';

type Props = {
  label: string;
  value: string;
  onChange: (family: string) => void;
  /** Families of machines that no pack of the hub knows. */
  others?: readonly string[];
  /** Shows that it must be chosen, among fields that do. */
  marked?: boolean;
};

/** A family of machines, found by its title in the technician's language or by its id. */
export function FamilySelect({ label, value, onChange, others = [], marked = true }: Props) {
  const { w } = useWords();
  const names = useNames();
  const families = [...new Set([...names.families(), ...others, ...(value === '' ? [] : [value])])];
  const data = families.map((id) => ({ value: id, label: names.family(id) })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Select
      label={label}
      required
      withAsterisk={marked}
      searchable
      openOnFocus={false}
      allowDeselect={false}
      data={data}
      filter={({ options, search }) => {
        const words = search.trim().toLowerCase();
        return options.filter((one) => 'value' in one && `${one.label}\n${one.value}`.toLowerCase().includes(words));
      }}
      nothingFoundMessage={w.issues.noFamily}
      value={value === '' ? null : value}
      onChange={(family) => family !== null && onChange(family)}
    />
  );
}
