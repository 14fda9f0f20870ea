<?php
/**
 * Plugin Name: Collector
 * Description: Asks visitors how easy it was, and what they came for. Adds Collector's script tag to each page.
 * Version: 0.1.0
 * Requires at least: 5.7
 * Requires PHP: 7.4
 * License: MIT
 */

defined( 'ABSPATH' ) || exit;

// The address of the script, with one field under Settings > General.
add_action( 'admin_init', function () {
	register_setting( 'general', 'collector_script', array( 'type' => 'string', 'sanitize_callback' => 'collector_script_address' ) );
	add_settings_field( 'collector_script', 'Collector', function () {
		printf(
			'<input type="url" class="regular-text code" id="collector_script" name="collector_script" value="%s" aria-describedby="collector_about"><p class="description" id="collector_about">%s</p>',
			esc_attr( get_option( 'collector_script', '' ) ),
			'The address in the script tag that Collector shows under Settings. Empty: nobody is asked anything.'
		);
	}, 'general', 'default', array( 'label_for' => 'collector_script' ) );
} );

/** The address as it may be stored: one of a script by http or https, or what was there before. */
function collector_script_address( $address ) {
	$address = trim( (string) $address );
	if ( '' === $address || ( preg_match( '#^https?://#i', $address ) && '.js' === substr( $address, -3 ) ) ) {
		return esc_url_raw( $address, array( 'https', 'http' ) );
	}
	add_settings_error( 'collector_script', 'collector_script', 'Collector: this is not the address of its script, https://…/st_….js.' );
	return get_option( 'collector_script', '' );
}

// Pages for visitors, not their drafts: what is tried out there is no visit.
add_action( 'wp_head', function () {
	$address = get_option( 'collector_script', '' );
	if ( $address && ! is_preview() && ! is_customize_preview() ) {
		printf( '<script async src="%s"></script>' . "\n", esc_url( $address, array( 'https', 'http' ) ) );
	}
} );
