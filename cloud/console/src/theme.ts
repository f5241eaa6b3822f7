import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { petrol } from '@wayside/web/petrol';

const charcoal: MantineColorsTuple = [
  '#e4e8eb',
  '#b3bcc4',
  '#909ba4',
  '#69747d',
  '#353d44',
  '#2a3137',
  '#1d2226',
  '#171b1f',
  '#101316',
  '#0b0d0f',
];

/** The list itself scrolls: in a box of its own within the list, which Mantine makes, keys reach nothing, and axe calls that a barrier. */
const choices = {
  defaultProps: { size: 'sm', withScrollArea: false },
  styles: { options: { maxHeight: 220, overflowY: 'auto' as const } },
};

/** Dense but calm: 13 px text, hairlines instead of shadows, one accent; colour is kept for what needs a person. */
export const theme = createTheme({
  colors: { petrol, dark: charcoal },
  primaryColor: 'petrol',
  primaryShade: 6,
  autoContrast: false,
  black: '#14191d',
  defaultRadius: 5,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.125rem' }, h2: { fontSize: '0.9375rem' }, h3: { fontSize: '0.8125rem' } } },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    InputWrapper: { styles: { label: { marginBottom: 3 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: choices,
    // The room for the next tag must not make a second line beneath one short tag.
    MultiSelect: { ...choices, styles: { ...choices.styles, inputField: { minWidth: 24 } } },
    TagsInput: { defaultProps: { size: 'sm' }, styles: { inputField: { minWidth: 24 } } },
    Badge: { defaultProps: { variant: 'light', size: 'sm', radius: 'sm', tt: 'none', fw: 500 } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, fz: 'xs' } },
    Modal: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 100 } },
    },
    Drawer: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { overlayProps: { backgroundOpacity: 0.25 }, transitionProps: { duration: 120 } },
    },
  },
});

const ours = {
  '--mantine-color-body': 'var(--pane)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-petrol-light': 'var(--accent-soft)',
  '--mantine-color-petrol-light-color': 'var(--accent)',
};

/** The component library takes its surfaces and inks from `theme.css`, where each colour has one place. */
export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
