import { Button, createTheme } from '@mantine/core';
import { petrol } from '@wayside/web/petrol';

/** Mantine in our measures. Colours proper are CSS variables in `theme.css`, one set for each scheme. */
export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 2 },
  fontFamily: 'var(--font)',
  defaultRadius: 16,
  fontSizes: { xs: '16px', sm: '17px', md: '19px', lg: '21px', xl: '24px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      vars: (_theme, { variant }) => ({
        root:
          variant === 'default'
            ? {
                '--button-bg': 'transparent',
                '--button-hover': 'transparent',
                '--button-color': 'var(--ink)',
                '--button-bd': '2px solid var(--edge)',
              }
            : variant === 'subtle'
              ? { '--button-bg': 'transparent', '--button-hover': 'var(--surface-2)', '--button-color': 'var(--accent-text)' }
              : { '--button-bg': 'var(--accent)', '--button-hover': 'var(--accent)', '--button-color': 'var(--accent-ink)' },
      }),
    }),
  },
});
