import { useWords } from '../words/use-words.tsx';

const roles = ['technician', 'lead', 'admin', 'auditor'] as const;

/** The roles there are, with what each may, for a list to choose from. */
export function useRoles(): { value: string; label: string }[] {
  const { w } = useWords();
  return roles.map((value) => ({ value, label: `${w.technicians.roles[value]}: ${w.technicians.may[value]}` }));
}
