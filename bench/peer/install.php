<?php
// Installs WordPress with its own installer; run by wordpress.py in the folder of the site.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = $argv[1];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';

// The installer would mail the owner.
function wp_new_blog_notification($title, $url, $user, $password) {}
function wp_mail($to, $subject, $message, $headers = '', $attachments = array()) { return true; }

require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Vergelijking', 'beheerder', 'beheerder@example.invalid', true, '', bin2hex(random_bytes(12)));
// As many rows on a page as ours.
update_option('posts_per_page', 20);
echo $wp_version, "\n";
